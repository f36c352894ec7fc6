import type { Envelope } from '#lib/events';
import { ContractBrokenError, type LogMessage, UndecodableError } from '#lib/kafka';
import { SealBrokenError } from '#lib/sealing';
import { isUuid } from '#lib/runtime';
import { RowRefusedError } from './errors.js';
import type { ParkCode, ParkedEvent } from './park.js';

/** A message that can be read, and not be folded. */
export class NotFoldable extends Error {
  readonly retriable = false;
  override readonly name = 'NotFoldable';
  constructor(
    readonly code: 'no-value' | 'key-missing',
    readonly expected: string,
    readonly actual: string,
  ) {
    super(`expected ${expected}, found ${actual}`);
  }
}

/** A message as it is parked: its bytes, its reason, and the record it concerns as far as that can be read. */
export function parkedMessage(
  message: LogMessage,
  why: { code: ParkCode; expected: string; actual: string },
  envelope?: Envelope,
): ParkedEvent {
  const { code, expected, actual } = why;
  const subject = [envelope?.subject ?? null, message.key].find(isUuid) ?? null;
  const { offset, value: bytes } = message;
  const publishedAt = envelope?.publishedAt ?? message.timestamp;
  return { offset, subject, source: envelope?.source ?? null, publishedAt, code, expected, actual, bytes };
}

/**
 * Why a message that could not be folded is parked.
 * @throws the error itself where it may pass, or where the whole fold has to be made again.
 */
export function whyParked(error: unknown): { code: ParkCode; expected: string; actual: string } {
  // Some registers of a refused event are in the fold by now: the batch is folded again in halves, until the event stands alone.
  if ((error as { retriable?: unknown }).retriable === true || error instanceof RowRefusedError) throw error;
  if (error instanceof NotFoldable) return { code: error.code, expected: error.expected, actual: error.actual };
  if (error instanceof UndecodableError) return { code: 'undecodable', expected: error.expected, actual: `${error.code}: ${error.actual}` };
  if (error instanceof ContractBrokenError)
    return { code: 'contract-broken', expected: error.expected, actual: `${error.code}: ${error.actual}` };
  if (error instanceof SealBrokenError) return { code: 'seal-broken', expected: error.message, actual: 'a broken seal' };
  // A projection that fails on one event is our mistake; the event waits for its repair, everything else flows. Only the kind of error is
  // kept: its text may quote the event.
  return { code: 'projection-failed', expected: 'a row', actual: error instanceof Error ? error.name : 'something thrown' };
}
