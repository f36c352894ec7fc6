import type { Envelope, InvolvementEvent } from '#lib/events';
import { ContractBrokenError } from '#lib/kafka';
import { type SubjectKey, unsealEvent } from '#lib/sealing';
import type { LogReader } from './log-reader.js';

/**
 * Unseals and decodes the event of an envelope.
 * @throws SealBrokenError, UndecodableError, ContractBrokenError: park it.
 */
export function openEvent(reader: LogReader, envelope: Envelope, key: SubjectKey): InvolvementEvent {
  const event = reader.schemas.decodeEvent(envelope.type, envelope.schema, unsealEvent(key, envelope));
  const { epoch, position } = envelope.sourceVersion;
  const agrees =
    event.eventId === envelope.id &&
    event.source === envelope.source &&
    event.sourceVersion.epoch === epoch &&
    event.sourceVersion.position === position;
  if (!agrees) throw new ContractBrokenError('field-invalid', 'id, source and version as on the envelope', 'an event that says otherwise');
  return event;
}
