import { isOverSql } from '#lib/read-model';

/** What makes somebody a reader's: conditions on an involvement `i` and its record `r`, the same for one person as for a list. */

/**
 * Open, and its record still held by the source. An involvement that was updated before it was opened is open.
 * @param day place of today in London @param silent place of the sources that tell nothing of anybody
 */
export const openInvolvement = (
  day: string,
  silent: string,
): string => `NOT ${isOverSql(day, 'i.')} AND i.status IS DISTINCT FROM 'retracted'
        AND r.present IS DISTINCT FROM false AND NOT i.source = ANY (${silent}::text[])`;

/** The practitioner is this reader. */
export const namesReader = (reader: string): string =>
  `i.practitioner ->> 'readerId' IS NOT NULL AND lower(i.practitioner ->> 'readerId') = ${reader}`;

/** With this team in the case management system, nobody named for it yet, and no end told: in the words of the index over those. */
export const awaitsWorker = (team: string, caseManagement: string): string =>
  `i.status IS DISTINCT FROM 'closed' AND i.team IS NOT NULL AND i.team = ${team} AND i.source = ${caseManagement} AND i.practitioner ->> 'name' IS NULL AND i.practitioner ->> 'readerId' IS NULL`;
