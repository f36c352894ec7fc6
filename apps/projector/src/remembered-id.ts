import { createHash } from 'node:crypto';
import type { LogMessage } from '#lib/kafka';
import type { LogReader } from './log-reader.js';

const BYTES = 'sha256:';

/** What a checkpoint remembers of the last message it passed: the event id where it could be read, else a digest of the bytes. */
export function rememberedId(reader: Pick<LogReader, 'codec'>, message: LogMessage): string {
  if (message.value === null) return 'no value';
  try {
    return reader.codec.decodeEnvelope(message.value).id;
  } catch {
    return digestOf(message.value);
  }
}

/**
 * Whether the message that stands there, when the partition is taken up again, is the one remembered. What could not be read then may be readable
 * by now, once the registry knows its schema: it is still known by its bytes.
 */
export function isRemembered(reader: Pick<LogReader, 'codec'>, message: LogMessage, remembered: string | null): boolean {
  if (remembered?.startsWith(BYTES) && message.value !== null) return digestOf(message.value) === remembered;
  return rememberedId(reader, message) === remembered;
}

const digestOf = (bytes: Buffer): string => BYTES + createHash('sha256').update(bytes).digest('hex').slice(0, 32);
