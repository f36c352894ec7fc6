import type { RuleBroken } from '../fields.js';

const realDate: RuleBroken = {
  rule: 'real-date',
  expected: 'a real calendar date as YYYY-MM-DD, years 1850 to 2200',
  fix: 'Correct the date at the source, or leave it out.',
};

/** What is said about a text of the wrong form, by the pattern (or zod's name of the format) it should have. A test holds this list complete. */
export const FORMATS: Record<string, RuleBroken> = {
  [String.raw`/^\d{4}-\d{2}-\d{2}$/`]: realDate,
  [String.raw`/^\d{4}(-\d{2}(-\d{2})?)?$/`]: {
    ...realDate,
    expected: 'a real date as YYYY-MM-DD, YYYY-MM or YYYY, years 1850 to 2200',
  },
  [String.raw`/^\d{1,12}$/`]: { rule: 'uprn', expected: '1 to 12 digits', fix: 'Send the UPRN as digits alone, or leave it out.' },
  [String.raw`/^[a-z][a-z0-9-]{1,40}$/`]: {
    rule: 'source-name',
    expected: 'the name of the source as in the address',
    fix: 'Leave the field out: the address names the source.',
  },
  datetime: {
    rule: 'instant',
    expected: 'a real date and time with a time zone, such as 2026-11-22T09:14:00Z',
    fix: 'Add the seconds and the time zone (Z or +01:00), or correct the date.',
  },
};
