import { addDays } from '../days.js';
import type { Person } from '../families/person.js';
import type { Random } from '../random.js';
import type { Details, Habits } from './habits.js';

/** A date of birth as one system has it: right, missing, a year alone, the system's default, or slipped. */
export function writeBirthDate(person: Person, habits: Habits, chance: Random): Pick<Details, 'dateOfBirth' | 'flags'> {
  if (person.unborn) return { dateOfBirth: { date: person.born, precision: 'expected' }, flags: ['name-placeholder'] };
  if (chance.chance(habits.missingBirthDate)) return { dateOfBirth: null };
  if (habits.defaultBirthDate && chance.chance(habits.defaultBirthDate.share))
    return { dateOfBirth: { date: habits.defaultBirthDate.date, precision: 'day' } };
  if (chance.chance(habits.birthYearOnly))
    return { dateOfBirth: { date: person.born.slice(0, 4), precision: 'year' }, flags: ['date-of-birth-estimated'] };
  const date = chance.chance(habits.wrongBirthDate) ? slipped(person.born) : person.born;
  return { dateOfBirth: { date, precision: 'day' } };
}

/** Day and month changed places where that gives an earlier date, else the day before: a slip never gives a day that has yet to come. */
function slipped(date: string): string {
  const [year, month, day] = date.split('-') as [string, string, string];
  const swapped = `${year}-${day}-${month}`;
  return Number(day) <= 12 && swapped < date ? swapped : addDays(date, -1);
}
