import { z } from 'zod';
import { dayWords, londonDay } from '../day-words.js';
import { codesOf } from '../codes-of.js';
import { type ValueKind, VALUE_KINDS } from '../view-person/stated-values.js';
import { ALL_CATEGORIES, ALL_OUTCOMES, type ProblemOutcome } from './problem-categories.js';

/** A problem that a reader has reported, as others see it where it is about: neither who reported it nor their words. */
export const ProblemShown = z
  .object({
    id: z.uuid(),
    category: codesOf(ALL_CATEGORIES),
    /** The service with whose panel it is; null: it is with a value of the person. */
    service: z.string().nullable(),
    /** That value; null: it is with a panel. `words` is null where it is not shown any more. */
    value: z.object({ kind: codesOf(VALUE_KINDS), words: z.string().nullable() }).nullable(),
    /** Which of the panel’s involvements it is with, by its `id` there; null: with the whole panel, with a value, or with one that is not shown any more. */
    involvement: z.string().nullable(),
    /** Milliseconds since 1970. */
    reportedAt: z.number(),
    /** "Problem reported 3 Nov 2026: the phone number is wrong", "Problem with an address (4 Mill Row, NB4 2QT) reported 3 Nov 2026: it is wrong" */
    reportedWords: z.string(),
    /** Somebody says that this is the wrong person, and no source has said otherwise. */
    maybeWrongPerson: z.boolean(),
    /** Every source that was asked; of the sources of a value, those that may be told of now. Or the data analysts alone. */
    asked: z.array(
      z.object({
        /** Null: the data analysts, who alone are asked. */
        database: z.string().nullable(),
        /** Null: there is no answer yet. */
        outcome: codesOf(ALL_OUTCOMES).nullable(),
        /** "Mosaic says that it is right as it is (5 Nov 2026)", "Mosaic has been asked and is to answer by 6 Nov 2026" */
        saysWords: z.string(),
        /** The source's own words. */
        words: z.string().nullable(),
        /** It says that it is put right, and what is shown of it is from before: "What is shown here of Mosaic is from before the report, so it may be the old value". */
        mayBeOldWords: z.string().nullable(),
      }),
    ),
  })
  .meta({ id: 'ProblemShown' });
export type ProblemShown = z.output<typeof ProblemShown>;

export interface AskedSource {
  database: string | null;
  outcome: ProblemOutcome | null;
  answeredAt: number | null;
  dueAt: number;
  words: string | null;
  /** When it last stated what is shown of it there, by its own clock; null: nothing is shown, or it is not known. */
  statedAt: number | null;
}

export type ReportedProblem = Pick<ProblemShown, 'id' | 'category' | 'service' | 'value' | 'involvement' | 'reportedAt'>;

export function problemShown(problem: ReportedProblem, asked: readonly AskedSource[], now: number): ProblemShown {
  const { category, value, reportedAt } = problem;
  return {
    ...problem,
    reportedWords: `Problem ${withWhat(value) ?? ''}reported ${dayWords(londonDay(reportedAt))}: ${inSentence(ALL_CATEGORIES[category])}`,
    maybeWrongPerson: category === 'wrong-person' && !asked.every(({ outcome }) => outcome === 'refused' || outcome === 'fixed'),
    asked: asked.map((one) => ({
      database: one.database,
      outcome: one.outcome,
      saysWords: saysWords(one, now),
      words: one.words,
      mayBeOldWords: mayBeOldWords(one, reportedAt),
    })),
  };
}

const WITH: Record<ValueKind, string> = {
  name: 'a name',
  'date-of-birth': 'a date of birth',
  'date-of-death': 'a date of death',
  address: 'an address',
};
const withWhat = (value: ProblemShown['value']) => value && `with ${WITH[value.kind]} ${value.words === null ? '' : `(${value.words}) `}`;

const inSentence = (words: string) => words.charAt(0).toLocaleLowerCase('en-GB') + words.slice(1);

const SAYS: Record<ProblemOutcome, string> = {
  fixed: 'says that it was wrong and is put right',
  refused: 'says that it is right as it is',
  answered: 'says',
  'there-now': 'say that the involvement is there now',
  'nothing-to-show': 'say that there is none, or that it is not to be shown here',
  'more-needed': 'say that they need more to find it: report it again, and say more',
};

function saysWords({ database, outcome, answeredAt, dueAt }: AskedSource, now: number): string {
  const due = dayWords(londonDay(dueAt));
  const who = database ?? 'The data analysts';
  if (outcome !== null && answeredAt !== null) return `${who} ${SAYS[outcome]} (${dayWords(londonDay(answeredAt))})`;
  if (database === null)
    return now <= dueAt ? `${who} have been asked and are to answer by ${due}` : `${who} have not answered; they were to do so by ${due}`;
  return now <= dueAt ? `${database} has been asked and is to answer by ${due}` : `${database} has not answered; it was to do so by ${due}`;
}

/** An answer puts nothing right by itself: until its source has sent it, the old value stands under "is put right". */
function mayBeOldWords({ database, outcome, answeredAt, statedAt }: AskedSource, reportedAt: number): string | null {
  if (outcome !== 'fixed' || database === null || answeredAt === null || statedAt === null || statedAt >= answeredAt) return null;
  return statedAt < reportedAt
    ? `What is shown here of ${database} is from before the report, so it may be the old value`
    : `What is shown here of ${database} is from between the report and this answer, so whether it is the new value is not known`;
}
