import type { Snapshot, Statement } from '../snapshot.js';

/** Where ids that are no longer used lead, of each one step after the other: from itself on. */
export const redirectsOf = (snapshot: Snapshot, ids: string[]): Promise<{ id: string; person: string }[]> =>
  snapshot.rows(REDIRECTS, [ids]);

const REDIRECTS: Statement = {
  name: 'redirects-of-people',
  text: `
    WITH RECURSIVE went (id, person, step) AS (
      SELECT id, id, 0 FROM unnest($1::uuid[]) id
      UNION ALL SELECT went.id, r.into_person, step + 1 FROM went JOIN person_redirect r ON r.person = went.person
                WHERE r.into_person IS NOT NULL AND step < 100)
    SELECT id, person FROM went ORDER BY step`,
};
