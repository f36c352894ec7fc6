import { z } from 'zod';
import { dayWords, londonDay } from '../day-words.js';
import { CATEGORIES, type Category, OUTCOMES, type ProblemOutcome } from './problem-categories.js';

const codes = <Code extends string>(labels: Record<Code, string>) => z.enum(Object.keys(labels) as [Code, ...Code[]]);

/** A problem that a reader has reported, as others see it on the panel: neither who reported it nor their words. */
export const ProblemShown = z
  .object({
    id: z.uuid(),
    category: codes(CATEGORIES),
    /** Milliseconds since 1970. */
    reportedAt: z.number(),
    /** "Problem reported 3 Nov 2026: the phone number is wrong" */
    reportedWords: z.string(),
    /** Somebody says that this is the wrong person, and no source has said otherwise. */
    maybeWrongPerson: z.boolean(),
    /** Every source that was asked. */
    asked: z.array(
      z.object({
        database: z.string(),
        /** Null: it has not answered yet. */
        outcome: codes(OUTCOMES).nullable(),
        /** "Mosaic says that it is right as it is (5 Nov 2026)", "Mosaic has been asked and is to answer by 6 Nov 2026" */
        saysWords: z.string(),
        /** The source's own words. */
        words: z.string().nullable(),
      }),
    ),
  })
  .meta({ id: 'ProblemShown' });
export type ProblemShown = z.output<typeof ProblemShown>;

export interface AskedSource {
  database: string;
  outcome: ProblemOutcome | null;
  answeredAt: number | null;
  dueAt: number;
  words: string | null;
}

export function problemShown(id: string, category: Category, reportedAt: number, asked: readonly AskedSource[], now: number): ProblemShown {
  return {
    id,
    category,
    reportedAt,
    reportedWords: `Problem reported ${dayWords(londonDay(reportedAt))}: ${inSentence(CATEGORIES[category])}`,
    maybeWrongPerson: category === 'wrong-person' && !asked.every(({ outcome }) => outcome === 'refused' || outcome === 'fixed'),
    asked: asked.map((one) => ({ database: one.database, outcome: one.outcome, saysWords: saysWords(one, now), words: one.words })),
  };
}

const inSentence = (words: string) => words.charAt(0).toLocaleLowerCase('en-GB') + words.slice(1);

const SAYS: Record<ProblemOutcome, string> = {
  fixed: 'says that it was wrong and is put right',
  refused: 'says that it is right as it is',
  answered: 'says',
};

function saysWords({ database, outcome, answeredAt, dueAt }: AskedSource, now: number): string {
  const due = dayWords(londonDay(dueAt));
  if (outcome !== null && answeredAt !== null) return `${database} ${SAYS[outcome]} (${dayWords(londonDay(answeredAt))})`;
  return now <= dueAt ? `${database} has been asked and is to answer by ${due}` : `${database} has not answered; it was to do so by ${due}`;
}
