import type { RuleBroken } from '#lib/events';
import type { RowProblem } from './fact.js';

/** The columns that a broken rule is about: those it is read from, and those that could have said it and are empty. */
interface About {
  columns: readonly string[];
  empty: readonly string[];
  outcome: RowProblem['outcome'];
}

/** Rules of events whose own words speak of fields, which a row has not. */
const WORDS: Readonly<Record<string, (about: About) => Partial<RuleBroken>>> = {
  required: ({ columns, outcome }) => ({
    expected: columns.length > 1 ? 'something in at least one of these columns' : 'something in this column',
    fix: `Fill ${columns.length > 1 ? 'one of them' : 'it'} in: ${outcome === 'refused' ? 'the row' : 'what belongs to it'} can’t be told without.`,
  }),
  'name-not-empty': () => ({ expected: 'a family name or a given name', fix: 'Fill one of them in.' }),
  'birth-not-in-future': ({ empty }) => ({
    fix: `Correct the date. ${empty.length > 0 ? `The day on which an unborn child is expected belongs into ${empty.join(', ')}.` : 'For a child who is not born yet leave it empty.'}`,
  }),
  'another-record': () => ({ expected: 'the id of another record than the row’s own', fix: 'Correct the id, or leave the row out.' }),
  'not-in-far-future': () => ({ fix: 'Correct the date, or leave it empty until it has come.' }),
  'not-too-many': () => ({ expected: 'less in one cell', fix: 'Shorten it at the source.' }),
};

/** A rule of events, told to whoever corrects the rows of a file or table. */
export const inWordsOfRows = (broken: RuleBroken, about: About): RuleBroken => ({ ...broken, ...WORDS[broken.rule]?.(about) });
