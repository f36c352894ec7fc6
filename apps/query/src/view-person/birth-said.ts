import { DEFAULT_BIRTH_DATES } from '#lib/matching';
import type { RecordedBirth } from './age.js';

/** Dates that systems fill in, and that are nobody's own among those a source tells of today. 1 January 1970 is filled in too, and is many people's. */
const NOBODYS = DEFAULT_BIRTH_DATES.filter((date) => date < '1902');

/** Whether a record says when somebody was born: a child whose date was filled in would be too old for what services show of children. */
export const saysBirth = (birth: RecordedBirth | null): birth is RecordedBirth => birth !== null && !NOBODYS.includes(birth.date);

/** Whether a record says on which day. */
export const saysDay = (birth: RecordedBirth | null): birth is RecordedBirth & { precision: 'day' } =>
  saysBirth(birth) && birth.precision === 'day';

/** The keys of records whose date was filled in. */
export const FILLED_IN_DAYS: readonly string[] = NOBODYS.map((date) => `d:${date}`);

/** SQL: the date of birth, or null where it says nothing. @param date expression */
export const birthSaid = (date: string): string => `CASE WHEN ${date} <> ALL ('{${NOBODYS.join()}}'::text[]) THEN ${date} END`;
