import { DEFAULT_BIRTH_DATES } from './birth-date.js';

interface RecordedBirth {
  date: string;
  precision: string;
}

/** Dates that systems fill in, and that are nobody's own among those a source tells of today. 1 January 1970 is filled in too, and is many people's. */
const NOBODYS = DEFAULT_BIRTH_DATES.filter((date) => date < '1902');

/** Whether a record says when somebody was born: a child whose date was filled in would be too old for what services show of children. */
export const saysBirth = <Birth extends RecordedBirth>(birth: Birth | null): birth is Birth =>
  birth !== null && !NOBODYS.includes(birth.date);

/** Whether a record says on which day. */
export const saysDay = <Birth extends RecordedBirth>(birth: Birth | null): birth is Birth & { precision: 'day' } =>
  saysBirth(birth) && birth.precision === 'day';

/** The keys of records whose date was filled in. */
export const FILLED_IN_DAYS: readonly string[] = NOBODYS.map((date) => `d:${date}`);

/** SQL: the date of birth, or null where it says nothing. @param date expression */
export const birthSaid = (date: string): string => `CASE WHEN ${date} <> ALL ('{${NOBODYS.join()}}'::text[]) THEN ${date} END`;

/** SQL: the first day and the last on which a record's person may have been born, as precisely as it says; null where it says nothing. An expected birth may be still to come. @param of the record's name */
export const bornFrom = (of: string): string => `left((${birthSaid(`${of}.date_of_birth`)}) || '-01-01', 10)`;
export const bornUntil = (of: string): string => `CASE WHEN ${of}.date_of_birth_precision = 'expected' THEN '9999-12-31'
                     ELSE (${birthSaid(`${of}.date_of_birth`)}) || CASE length(${of}.date_of_birth) WHEN 4 THEN '-12-31' WHEN 7 THEN '-31' ELSE '' END END`;
