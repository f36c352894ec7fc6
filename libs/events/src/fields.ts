/**
 * The kinds of value an event may hold, with the rule each must keep at the door.
 * Every rule carries the sentence a source team reads when it is broken: `expected` (what was expected) and `fix` (what to do).
 */
import { z } from 'zod';
import { codesOf } from './codes.js';

/** What a source team is told when a rule is broken. */
export interface RuleBroken {
  /** Stable code of the rule, kebab-case. */
  rule: string;
  expected: string;
  fix: string;
}

const rule = (broken: RuleBroken) => ({ message: broken.expected, params: { ...broken } });

/** Text as people write it: kept to the letter, of any script, but without control characters, half surrogates, or nothing at all. Length in UTF-16 units. */
export const text = (longest: number) =>
  z
    .string()
    .max(longest)
    .refine(
      (value) => VISIBLE.test(value),
      rule({
        rule: 'text-not-empty',
        expected: 'at least one visible character',
        fix: 'Leave the field out, or send null where null is allowed.',
      }),
    )
    .refine(
      (value) => !CONTROL.test(value),
      rule({
        rule: 'text-no-control-characters',
        expected: 'no NUL or other control characters',
        fix: 'Remove the control characters at the source.',
      }),
    )
    .refine(
      (value) => value.isWellFormed(),
      rule({ rule: 'text-well-formed', expected: 'well-formed Unicode', fix: 'Send the text as valid UTF-8.' }),
    );
/** Anything but spaces, marks that stand on another letter, and what is drawn as nothing. */
const VISIBLE = /[^\p{Z}\p{M}\p{Cc}\p{Cf}\p{Default_Ignorable_Code_Point}\u2800]/u;
// oxlint-disable-next-line no-control-regex -- this is the rule that refuses them
const CONTROL = /[\u0000-\u0008\u000B-\u001F\u007F]/;

/** A code of a closed list in `codes.ts`. */
export const code = <T extends object>(list: T) => z.enum(codesOf(list));

const isRealDay = (value: string): boolean => {
  const [year, month, day] = value.split('-').map(Number) as [number, number, number];
  const date = new Date(Date.UTC(year, month - 1, day));
  return date.getUTCMonth() === month - 1 && date.getUTCDate() === day && year >= 1850 && year <= 2200;
};
const REAL_DAY = rule({
  rule: 'real-date',
  expected: 'a real calendar date as YYYY-MM-DD, years 1850 to 2200',
  fix: 'Correct the date at the source, or leave it out.',
});

/** A calendar day, `YYYY-MM-DD`, as recorded by the source; no time zone. */
export const day = () =>
  z
    .string()
    .regex(/^\d{4}-\d{2}-\d{2}$/)
    .refine(isRealDay, REAL_DAY);

/** A date of birth kept exactly as precise as the source knows it: `YYYY-MM-DD`, `YYYY-MM` or `YYYY`. */
export const birthDate = () =>
  z
    .strictObject({
      date: z
        .string()
        .regex(/^\d{4}(-\d{2}(-\d{2})?)?$/)
        .refine((value) => isRealDay(`${value}-01-01`.slice(0, 10)), REAL_DAY),
      precision: z.enum(['day', 'month', 'year', 'expected']),
    })
    .refine(({ date, precision }) => precision === 'expected' || date.length === { day: 10, month: 7, year: 4 }[precision], {
      ...rule({
        rule: 'date-matches-precision',
        expected: 'YYYY-MM-DD with precision day, YYYY-MM with month, YYYY with year',
        fix: 'Send only as much of the date as the precision says.',
      }),
      path: ['date'],
    });

/** An instant with a time zone in JSON (`2026-11-22T09:14:00Z`); milliseconds since 1970 in the event. */
export const instant = () => z.iso.datetime({ offset: true }).transform((value) => Date.parse(value));

/** A whole number from 0 to the largest that Avro's reader takes (2^53 - 2). */
export const count = () => z.int().min(0).max(9_007_199_254_740_990);

/** Orders the states of one fact at its source: first by epoch (0 to 2^31 - 1), then by position. */
export const sourceVersion = () => z.strictObject({ epoch: z.int().min(0).max(2_147_483_647), position: count() });
export type SourceVersion = z.output<ReturnType<typeof sourceVersion>>;

/** A source's name: the word in its URL, its topics and its mapping file. */
export const sourceName = () => z.string().regex(/^[a-z][a-z0-9-]{1,40}$/);

/** What every event of a source carries. `recordId` is the source's own id of the person (a case number, a pupil number). */
export const head = { source: sourceName(), recordId: text(200), sourceVersion: sourceVersion(), occurredAt: instant() };

/** Absent and null are one: the event holds null. */
export const optional = <T extends z.ZodType>(type: T) => type.nullish().transform((value) => value ?? null);
/** A list that may be left out; the event holds an empty list. */
export const list = <T extends z.ZodType>(type: T, longest: number) => z.array(type).max(longest).default([]);
