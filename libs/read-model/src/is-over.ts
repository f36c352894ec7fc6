/** An involvement as far as this rule goes: days as `YYYY-MM-DD`. */
interface Told {
  status: 'open' | 'closed' | null;
  closedOn: string | null;
}

/** SQL: whether an involvement is over on a day. An end that lies ahead ends nothing yet: a school or a landlord may tell it a year before. @param of the table's name and a dot */
export const isOverSql = (day: string, of = ''): string =>
  `(${of}status IS NOT DISTINCT FROM 'closed' AND coalesce(${of}closed_on <= ${day}::text, true))`;

/** The same of one that was read. */
export const isOver = ({ status, closedOn }: Told, day: string): boolean => status === 'closed' && (closedOn === null || closedOn <= day);

/** The day on which an involvement begins, where that lies ahead; else null. */
export const beginsAfter = (openedOn: string | null, day: string): string | null => (openedOn !== null && openedOn > day ? openedOn : null);

/** SQL: whether an involvement is one of now on a day: begun, not over, not taken back. One that was updated before it was opened is open. */
export const isNowSql = (day: string, of = ''): string =>
  `(${of}status IS DISTINCT FROM 'retracted' AND NOT ${isOverSql(day, of)} AND coalesce(${of}opened_on <= ${day}::text, true))`;
