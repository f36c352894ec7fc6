import type { StoredInvolvement } from './read-involvements.js';

/** SQL: whether an involvement is over on a day. An end that lies ahead ends nothing yet: a school or a landlord may tell it a year before. @param of the table's name and a dot */
export const isOverSql = (day: string, of = ''): string =>
  `(${of}status IS NOT DISTINCT FROM 'closed' AND coalesce(${of}closed_on <= ${day}::text, true))`;

/** The same of one that was read. */
export const isOver = ({ status, closedOn }: Pick<StoredInvolvement, 'status' | 'closedOn'>, day: string): boolean =>
  status === 'closed' && (closedOn === null || closedOn <= day);

/** The day on which an involvement begins, where that lies ahead; else null. */
export const beginsAfter = (openedOn: string | null, day: string): string | null => (openedOn !== null && openedOn > day ? openedOn : null);
