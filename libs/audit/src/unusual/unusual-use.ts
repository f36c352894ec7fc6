import { z } from 'zod';

const time = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'must be a time, HH:MM');
const count = z.int().min(1);
const on = z.boolean().default(true);

/** When a role is at work, in Europe/London: over midnight, where `to` is the earlier. Bank holidays are days like others. */
const Hours = z
  .strictObject({ from: time.default('07:00'), to: time.default('20:00'), weekends: z.boolean().default(false) })
  .refine(({ from, to }) => from !== to, { message: 'from and to must not be the same time', path: ['to'] });

/** More people a day, or a week, than `people`, and than so many times the reader's usual (the median of their days, or weeks, of the last `usualDays`). */
const More = z.strictObject({ on, people: count, timesUsual: z.number().min(1).default(3), usualDays: count.default(28) });

/** Which use of the index is unusual: a switch and thresholds for each rule. A part of the authority's settings. */
export const UnusualUse = z.strictObject({
  self: z.strictObject({ on }).prefault({}),
  /** A surname that more people in the index bear is no sign of anything. */
  sameSurname: z.strictObject({ on, heldByAtMost: count.default(25) }).prefault({}),
  sameHousehold: z.strictObject({ on }).prefault({}),
  /** `roles`: a role's own hours, or `any-time`; `hours` are everybody else's. */
  outOfHours: z
    .strictObject({
      on,
      hours: Hours.prefault({}),
      roles: z.record(z.string(), z.union([z.literal('any-time'), Hours])).default({ duty: 'any-time' }),
      looks: count.default(1),
    })
    .prefault({}),
  /** Of people who were opened. */
  volume: More.prefault({ people: 25 }),
  /** The same of people who were listed in search results, opened or not. A full page lists 20. */
  listed: More.prefault({ people: 100 }),
  /** Of people who were opened in a week outside the caseload, whatever the reason. A family that one reason opens counts each of them. */
  outsideCaseload: More.prefault({ people: 15, usualDays: 56 }),
  /** So many people in a week opened outside the caseload with the reason "other", or without a reference. */
  thinReasons: z.strictObject({ on, people: count.default(6) }).prefault({}),
  overrides: z.strictObject({ on }).prefault({}),
  /** So many people a day whom the reader was refused. */
  refusals: z.strictObject({ on, people: count.default(3) }).prefault({}),
  /** Tried to open somebody they have said to know. */
  knownPerson: z.strictObject({ on }).prefault({}),
});
export type UnusualUse = z.output<typeof UnusualUse>;
export type UnusualRule = keyof UnusualUse;

/** Something a rule found: a reader, a day, perhaps a person. Not a judgement. */
export interface Unusual {
  rule: UnusualRule;
  reader: string;
  role: string | null;
  team: string | null;
  /** Null: it is about how much or when, not about whom. */
  person: string | null;
  /** `YYYY-MM-DD` in Europe/London; the Monday, where a rule counts by weeks. */
  day: string;
  /** The first and last look concerned; milliseconds since 1970. */
  firstAt: number;
  lastAt: number;
  counts: Record<string, number>;
}

/** A period; milliseconds since 1970, `to` no longer in it. */
export interface Period {
  from: number;
  to: number;
}
