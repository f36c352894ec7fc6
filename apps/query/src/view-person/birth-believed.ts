import { ESTIMATED, isEstimatedSql, saysBirth, saysDay } from '#lib/matching';
import type { StoredRecord } from './stored-record.js';

type Dated = Pick<StoredRecord, 'birth' | 'flags'>;

/** Whether its source says that the date of birth is a guess. */
export const isEstimated = ({ flags }: Pick<StoredRecord, 'flags'>): boolean => flags.includes(ESTIMATED);

/** Whether it is known on which day somebody was born: stated, and not guessed. */
export const isDayKnown = (record: Dated): boolean => saysDay(record.birth) && !isEstimated(record);

/**
 * Whose date of birth is a person's, on their pages and for the services shown at their age: one known to the day before one of which the month or
 * the year is known, a guess last, and among those the most believed (decision 0087).
 * @param believed records in the order in which they are believed
 */
export function birthBelieved<R extends Dated>(believed: readonly R[]): R | undefined {
  const saying = believed.filter(({ birth }) => saysBirth(birth));
  const stated = saying.filter((record) => !isEstimated(record));
  return stated.find(({ birth }) => saysDay(birth)) ?? stated[0] ?? saying[0];
}

/** SQL: the order of `birthBelieved`, before that of belief. @param of the record's name */
export const dateBelieved = (of: string): string =>
  `CASE WHEN ${isEstimatedSql(of)} THEN 2 WHEN ${of}.date_of_birth_precision = 'day' THEN 0 ELSE 1 END`;
