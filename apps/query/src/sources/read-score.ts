import { z } from 'zod';
import type { Sight } from '../ops-pages/sight.js';

/** What the index held of a source when it was measured last in a week. */
export const Score = z.object({
  /** Its Monday. */
  week: z.string(),
  measuredAt: z.number(),
  records: z.number(),
  withBirthDate: z.number().describe('With a date of birth that says something: not 1 January 1900, as systems fill in'),
  withPostcode: z.number(),
  duplicates: z.number(),
  identifiers: z.number(),
  wrongIdentifiers: z.number(),
  /** With a date of birth that systems fill in where none is known, such as 1 January 1900. */
  defaultBirthDates: z.number().default(0),
  /** With an identifier that another record of this source has too, under another date of birth; both known to the day. */
  clashingIdentifiers: z.number().default(0),
  clashingElsewhere: z
    .number()
    .nullable()
    .default(null)
    .describe(
      'People of whom a record of this source has an NHS number or UPN that another source has under another date of birth: in steps of ten, 0 for fewer than ten; null: not measured',
    ),
  people: z
    .number()
    .nullable()
    .default(null)
    .describe(
      'People whom this source has records of, as matching has found, when that was measured first in the week; null: not measured, as while a source is being filled',
    ),
  knownElsewhere: z
    .number()
    .nullable()
    .default(null)
    .describe(
      'Of how many of these people another source that may be told of has a record too, at least: in whole tens, 0 for fewer than ten; null: not measured. Their share is the match rate',
    ),
  open: z
    .number()
    .describe('Involvements that have begun and are not over on the day it was measured, of records that the source still holds'),
  withPractitioner: z.number(),
  withPhone: z.number(),
  withEmail: z.number(),
  received: z.number(),
  refused: z.number(),
});
export type Score = z.output<typeof Score>;

const WEEKS = 8;

/** The last weeks, newest first. */
export async function readScore(sight: Sight, source: string): Promise<Score[]> {
  const { rows } = await sight.query(
    `SELECT week, (extract(epoch FROM measured_at) * 1000)::float8 AS "measuredAt", figures
     FROM control.source_score WHERE source = $1 ORDER BY week DESC LIMIT ${WEEKS}`,
    [source],
  );
  return (rows as { week: string; measuredAt: number; figures: object }[]).map(({ figures, ...when }) =>
    Score.parse({ ...when, ...figures }),
  );
}

type Figure = Exclude<keyof Score, 'week' | 'clashingElsewhere' | 'people' | 'knownElsewhere'>;

/** What is told as a share of something. */
const SHARES = [
  ['Records with a date of birth', 'withBirthDate', 'records'],
  ['Records with a postcode that may be shown', 'withPostcode', 'records'],
  ['Open involvements with a practitioner’s name', 'withPractitioner', 'open'],
  ['Open involvements with a telephone number, the practitioner’s or the team’s', 'withPhone', 'open'],
  ['Open involvements with a practitioner’s e-mail address', 'withEmail', 'open'],
  ['NHS numbers and UPNs with a wrong check digit', 'wrongIdentifiers', 'identifiers'],
  ['Records whose date of birth is one that systems fill in', 'defaultBirthDates', 'records'],
  ['Records with the NHS number or UPN of another, born on another day', 'clashingIdentifiers', 'records'],
  ['Records that are probably somebody’s second in this source', 'duplicates', 'records'],
  ['Events refused in the week', 'refused', 'received'],
] as const satisfies readonly (readonly [string, Figure, Figure])[];

/** The scorecard as rows of a table, a column for each week. */
export const figuresOf = (score: readonly Score[]) => [
  { words: 'Records', values: score.map(({ records }) => records.toLocaleString('en-GB')) },
  { words: 'Open involvements', values: score.map(({ open }) => open.toLocaleString('en-GB')) },
  ...SHARES.map(([words, part, whole]) => ({ words, values: score.map((week) => shareWords(week[part], week[whole])) })),
  { words: 'Match rate: people of whom another source has a record too', values: score.map(matchRateWords) },
  {
    words: 'People whose NHS number or UPN another source has under another date of birth',
    values: score.map(({ clashingElsewhere }) => tensWords(clashingElsewhere)),
  },
];

/** "93.1 % (94,310 of 101,300)". */
function shareWords(part: number, whole: number): string {
  if (whole === 0) return 'none to measure';
  const share = ((part / whole) * 100).toLocaleString('en-GB', { maximumFractionDigits: 1 });
  return `${share} % (${part.toLocaleString('en-GB')} of ${whole.toLocaleString('en-GB')})`;
}

/** "at least 62.1 % (630 of 1,014)": how many more it may be is not told. */
function matchRateWords({ people, knownElsewhere }: Score): string {
  if (people === null || knownElsewhere === null) return 'not measured';
  if (people === 0) return 'none to measure';
  return knownElsewhere === 0 ? `fewer than 10 of ${people.toLocaleString('en-GB')}` : `at least ${shareWords(knownElsewhere, people)}`;
}

function tensWords(count: number | null): string {
  if (count === null) return 'not measured';
  return count === 0 ? 'fewer than 10' : `about ${count.toLocaleString('en-GB')}`;
}
