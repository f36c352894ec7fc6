import type { Envelope } from '#lib/events';
import { ContractBrokenError, type LogMessage, UndecodableError } from '#lib/kafka';
import { SealBrokenError } from '#lib/sealing';
import { RowRefusedError } from './errors.js';
import type { ParkCode, ParkedEvent } from './park.js';

const TOKEN = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** A message as it is parked: its bytes, its reason, and the record it concerns as far as that can be read. */
export function parkedMessage(
  message: LogMessage,
  why: { code: ParkCode; expected: string; actual: string },
  envelope?: Envelope,
): ParkedEvent {
  const { code, expected, actual } = why;
  const keyed = message.key !== null && TOKEN.test(message.key) ? message.key : null;
  const subject = envelope && TOKEN.test(envelope.subject) ? envelope.subject : keyed;
  return { offset: message.offset, subject, source: envelope?.source ?? null, code, expected, actual, bytes: message.value };
}

/**
 * Why a message that could not be folded is parked.
 * @throws the error itself where it may pass or may be another message's: nothing is known about this one then.
 */
export function whyParked(error: unknown): { code: ParkCode; expected: string; actual: string } {
  // A refused row shows itself only where two events meet, and either may be at fault: the batch is halved until it stands alone.
  if ((error as { retriable?: unknown }).retriable === true || error instanceof RowRefusedError) throw error;
  if (error instanceof UndecodableError) return { code: 'undecodable', expected: error.expected, actual: `${error.code}: ${error.actual}` };
  if (error instanceof ContractBrokenError)
    return { code: 'contract-broken', expected: error.expected, actual: `${error.code}: ${error.actual}` };
  if (error instanceof SealBrokenError) return { code: 'seal-broken', expected: error.message, actual: 'a broken seal' };
  // A projection that fails on one event is our mistake; the event waits for its repair, everything else flows. Only the kind of error is
  // kept: its text may quote the event.
  return { code: 'projection-failed', expected: 'a row', actual: error instanceof Error ? error.name : 'something thrown' };
}
