import { z } from 'zod';
import { dayWords } from '../day-words.js';
import { ageWords, type RecordedBirth } from './age.js';

/** A date of birth as precise as it is known, with the age it makes today (Europe/London). */
export const Birth = z
  .object({
    /** `YYYY-MM-DD`, `YYYY-MM` or `YYYY` */
    date: z.string(),
    precision: z.enum(['day', 'month', 'year', 'expected']),
    estimated: z.boolean(),
    /** "12 May 2012", "May 2012", "2012", "expected 3 Feb 2027", "about 12 May 2012" */
    words: z.string(),
    /** "14 yrs", "7 months", "unborn", "13 or 14 yrs" */
    ageWords: z.string(),
  })
  .meta({ id: 'Birth' });
export type Birth = z.output<typeof Birth>;

/** Whether somebody has died: said wherever they are named, or the dead would read as living. */
export const Death = z.object({
  /** `YYYY-MM-DD` */
  deceasedOn: z.string().nullable(),
  /** "died 4 Apr 2026, aged 51 yrs"; null: no source has said so. */
  diedWords: z.string().nullable(),
});
export type Death = z.output<typeof Death>;

export const deathShown = (deceasedOn: string | null, birth: Birth | null): Death => ({
  deceasedOn,
  diedWords: deceasedOn === null ? null : `died ${deathWords(deceasedOn, birth)}`,
});

/** "4 Apr 2026, aged 51 yrs". @param birth with the age on the day they died */
export const deathWords = (deceasedOn: string, birth: Birth | null): string =>
  dayWords(deceasedOn) + (birth === null || birth.precision === 'expected' ? '' : `, aged ${birth.ageWords}`);

/** The birth in words, on that day in London. `estimated`: the source says the date is a guess. */
export function birthShown(recorded: RecordedBirth, estimated: boolean, day: string): Birth {
  const sure = recorded.precision === 'expected' ? 'expected ' : estimated ? 'about ' : '';
  return { ...recorded, estimated, words: `${sure}${dayWords(recorded.date)}`, ageWords: ageWords({ ...recorded, estimated }, day) };
}
