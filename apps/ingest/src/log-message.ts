import type { Envelope } from '#lib/events';
import { eventIdOf, sealEvent, SEALING_VERSION } from '#lib/sealing';
import type { LogWriter } from './event-log.js';
import { factOf } from './fact-of.js';
import type { KeyedEvent } from './subject-keys.js';

export interface LogMessage {
  key: string;
  partition?: number;
  value: Buffer;
  eventId: string;
}

/** One event as it is written: encoded, sealed with its record's key, and in its envelope. @param partition where it must stand, if not by its key. */
export function logMessage({ schemas, codec }: LogWriter, { event, key }: KeyedEvent, partition?: number): LogMessage {
  const eventId = eventIdOf(key, factOf(event, partition));
  const { schema, bytes } = schemas.encodeEvent({ ...event, eventId });
  const clear: Omit<Envelope, 'sealed'> = {
    id: eventId,
    type: event.type,
    source: event.source,
    subject: key.subject,
    sourceVersion: event.sourceVersion,
    occurredAt: event.occurredAt,
    publishedAt: Date.now(),
    schema,
    keyIds: [key.keyId],
    sealingVersion: SEALING_VERSION,
  };
  const value = codec.encodeEnvelope({ ...clear, sealed: sealEvent(key, clear, bytes) });
  return { key: key.subject, value, eventId, ...(partition !== undefined && { partition }) };
}
