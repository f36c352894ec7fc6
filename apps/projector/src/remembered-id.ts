import { createHash } from 'node:crypto';
import type { LogMessage } from '#lib/kafka';
import type { LogReader } from './log-reader.js';

/**
 * What a checkpoint remembers of the last message it passed: the event id where there is one, else a digest of the bytes. When the partition
 * is taken up again, the message standing there must give the same.
 */
export function rememberedId(reader: LogReader, message: LogMessage): string {
  if (message.value === null) return 'no value';
  try {
    return reader.codec.decodeEnvelope(message.value).id;
  } catch {
    return `sha256:${createHash('sha256').update(message.value).digest('hex').slice(0, 32)}`;
  }
}
