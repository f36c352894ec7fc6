/** What a test says of a person. */
import { randomBytes, randomInt } from 'node:crypto';
import type { PersonRecorded } from '#lib/events';
import { normalisePostcode } from '#lib/matching';

/** A name nobody else in the run has. */
export const madeUpName = (): string =>
  `Q${randomBytes(6)
    .toString('hex')
    .replaceAll(/\d/g, (digit) => 'ghijklmnop'[Number(digit)]!)}`;
export const name = (family: string | null, ...given: string[]): PersonRecorded['names'][number] => ({
  family,
  given,
  kind: 'current',
  from: null,
  to: null,
});
export const address = (line: string, postcode: string, changed: Partial<PersonRecorded['addresses'][number]> = {}) => ({
  lines: [line],
  postcode,
  uprn: null,
  from: null,
  to: null,
  kind: 'home' as const,
  confidential: false,
  ...changed,
});
export const born = (date: string, precision: 'day' | 'month' | 'year' | 'expected' = 'day') => ({ date, precision });

/** A postcode nobody else in the run has, as a reader may type it. */
export const madeUpPostcode = (): string => `ZZ${randomInt(10, 99)} ${randomInt(1, 9)}${normalisePostcode(madeUpName()).slice(1, 3)}`;
