import type { InvolvementDescription } from '#lib/events';
import { isOverSql } from '#lib/read-model';
import type { ServiceShown } from '../authority.js';
import { londonDay } from '../day-words.js';
import type { Snapshot, Statement } from '../snapshot.js';

/** An involvement as it stands in the read model. Whatever its description holds is null when it ended before it was described. */
export interface StoredInvolvement {
  /** Its source's own id of it. */
  involvementId: string;
  /** Token of the record it belongs to. */
  subject: string;
  source: string;
  status: 'open' | 'closed' | null;
  closedOn: string | null;
  openedOn: string | null;
  organisation: string | null;
  team: string | null;
  teamPhone: string | null;
  practitioner: InvolvementDescription['practitioner'];
  coordinating: boolean;
  details: InvolvementDescription['details'] | null;
}

/**
 * A person's involvements with one service, from whichever source states them: open ones first, then newest first. Of a service that never says
 * that something is current, the order does not either.
 */
export async function readInvolvements(
  snapshot: Snapshot,
  subjects: string[],
  { service, saysCurrent }: ServiceShown,
): Promise<StoredInvolvement[]> {
  const sources = snapshot.authority.sources.filter((source) => source.service === service).map(({ id }) => id);
  return snapshot.rows<StoredInvolvement>(INVOLVEMENTS, [subjects, service, sources, saysCurrent, londonDay(snapshot.now)]);
}

const OVER = isOverSql('$5');
const INVOLVEMENTS: Statement = {
  name: 'involvements-of-person',
  text: `
    SELECT involvement_id AS "involvementId", subject, source, status, closed_on AS "closedOn", opened_on AS "openedOn", organisation, team,
           team_phone AS "teamPhone", practitioner, coalesce(coordinating, false) AS coordinating, details
    FROM involvement
    WHERE subject = ANY ($1::uuid[]) AND status IS DISTINCT FROM 'retracted'
      AND (service = $2 OR (service IS NULL AND source = ANY ($3::text[])))
    ORDER BY $4 AND ${OVER}, coalesce(CASE WHEN $4 AND ${OVER} THEN closed_on END, opened_on) DESC NULLS LAST, source, involvement_id`,
};
