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

/** What a source says of a date of birth that it guessed: it tells the year alone, as matching takes it (`usableDate`). */
export const ESTIMATED = 'date-of-birth-estimated';
/** SQL: whether a record's date of birth is one. @param of the record's name */
export const isEstimatedSql = (of: string): string => `coalesce(${of}.flags @> '["${ESTIMATED}"]', false)`;

/** As precisely as it is known. */
const told = (of: string) =>
  `left(${birthSaid(`${of}.date_of_birth`)}, CASE WHEN ${isEstimatedSql(of)} AND ${of}.date_of_birth_precision IS DISTINCT FROM 'expected' THEN 4 ELSE 10 END)`;

/** SQL: the first day and the last on which a record's person may have been born, as precisely as it says; null where it says nothing. An expected birth may be still to come. @param of the record's name */
export const bornFrom = (of: string): string => `left((${told(of)}) || '-01-01', 10)`;
export const bornUntil = (of: string): string => `CASE WHEN ${of}.date_of_birth_precision = 'expected' THEN '9999-12-31'
                     ELSE (${told(of)}) || CASE length(${told(of)}) WHEN 4 THEN '-12-31' WHEN 7 THEN '-31' ELSE '' END END`;
