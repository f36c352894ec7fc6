import { isUuid } from '#lib/runtime';
import { WrongUseError } from './errors.js';

/** @throws WrongUseError naming the option and what it wants */
export function wholeNumber(flag: string, text: string, { min, max = Number.MAX_SAFE_INTEGER }: { min: number; max?: number }): number {
  const number = Number(text);
  if (text.trim() !== '' && Number.isSafeInteger(number) && number >= min && number <= max) return number;
  const range = max === Number.MAX_SAFE_INTEGER ? `${min} or more` : `from ${min} to ${max}`;
  throw new WrongUseError(`${flag} wants a whole number, ${range}.`);
}

export function seconds(flag: string, text: string): number {
  const number = Number(text);
  if (text.trim() !== '' && Number.isFinite(number) && number > 0) return number;
  throw new WrongUseError(`${flag} wants a number of seconds.`);
}

/** Greater than 0, at most 1. */
export function share(flag: string, text: string): number {
  const number = Number(text);
  if (number > 0 && number <= 1) return number;
  throw new WrongUseError(`${flag} wants a share, greater than 0 and at most 1 (everything).`);
}

const UNIT_MS: Record<string, number> = { m: 60_000, h: 3_600_000, d: 86_400_000 };

/** An instant, or so many minutes, hours or days ago, as milliseconds since 1970: `2026-11-01T00:00:00Z`, `30m`, `2h`, `3d`. */
export function instant(flag: string, text: string, now = Date.now()): number {
  const [, count, unit] = /^(\d+)([mhd])$/.exec(text) ?? [];
  if (count !== undefined && unit !== undefined) return now - Number(count) * UNIT_MS[unit]!;
  const at = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:\d{2})$/.test(text) ? Date.parse(text) : NaN;
  if (Number.isNaN(at))
    throw new WrongUseError(`${flag} wants an instant with its zone (2026-11-01T00:00:00Z), or 30m, 2h, 3d for so long ago.`);
  return at;
}

/** A place in a log, as `parked` shows it: topic/partition@offset. */
export function place(flag: string, text: string): { topic: string; partition: number; offset: number } {
  const [, topic, partition, offset] = /^(.+)\/(\d+)@(\d+)$/.exec(text) ?? [];
  if (topic === undefined) throw new WrongUseError(`${flag} wants topic/partition@offset, as "parked" shows it.`);
  return { topic, partition: Number(partition), offset: Number(offset) };
}

/** A subject token: the random name a record has in the log, never its case number. */
export function token(flag: string, text: string): string {
  if (isUuid(text)) return text;
  throw new WrongUseError(`${flag} wants a subject token (01234567-89ab-…), as "parked" and "differences" show it.`);
}

/** The id of a person, as the address of their page holds it. */
export function personId(flag: string, text: string): string {
  if (isUuid(text)) return text;
  throw new WrongUseError(`${flag} wants the id in the address of the person’s page (01234567-89ab-…).`);
}

/** The id of something that was decided or raised, as its verb lists it. */
export function decisionId(flag: string, text: string): string {
  if (isUuid(text)) return text;
  throw new WrongUseError(`${flag} wants an id (01234567-89ab-…), as it is listed.`);
}

/** The id of a request. */
export function requestId(flag: string, text: string): string {
  if (isUuid(text)) return text;
  throw new WrongUseError(`${flag} wants the id of a request, as "requests" shows it.`);
}

/** @param given by flag; absent ones are undefined @throws WrongUseError unless exactly one is given */
export function exactlyOne(given: Record<string, unknown>): void {
  const flags = Object.keys(given);
  const named = flags.filter((flag) => given[flag] !== undefined);
  if (named.length === 1) return;
  const wanted = `${flags.slice(0, -1).join(', ')} or ${flags.at(-1)}`;
  throw new WrongUseError(`Say which: exactly one of ${wanted}${named.length > 1 ? `, not ${named.join(' and ')}` : ''}.`);
}
