import { type Queryable, liveGeneration } from './generation.js';
import { restrictedBySource } from './restricts.js';

/** Of whom the answer to a problem is awaited, by the clock. */
export type WaitsFor = 'first-owner' | 'second-owner' | 'data-analyst';

/** A problem that has no answer: ids, codes and times, nothing of the person. Instants in milliseconds since 1970. */
export interface ProblemWaiting {
  id: string;
  /** Null: it is asked of the data analysts alone. */
  source: string | null;
  /** Null: it is with a value of the person. */
  service: string | null;
  /** `name`, `date-of-birth`, `address`; null: it is with a panel. */
  value: string | null;
  category: string;
  reportedAt: number;
  dueAt: number;
  waitsFor: WaitsFor;
  /** Whoever was to answer first has not, in time. */
  overdue: boolean;
  /** Whoever it waits for now has been told, beyond the first owner. */
  told: boolean;
}

/** What waits for an answer, longest due first. Of somebody who is restricted now there is nothing: whoever would be asked sees nothing of it either. */
export async function problemsWaiting(client: Queryable): Promise<ProblemWaiting[]> {
  const { schema } = await liveGeneration(client);
  const { rows } = await client.query(`
    SELECT id, source, service, value, category, (extract(epoch FROM reported_at) * 1000)::float8 AS "reportedAt",
           (extract(epoch FROM due_at) * 1000)::float8 AS "dueAt", waits_for AS "waitsFor", overdue,
           EXISTS (SELECT FROM decided.problem_escalation WHERE ask = id AND to_whom = waits_for) AS told
    FROM decided.problem_asked asked
    WHERE waits_for IS NOT NULL AND NOT EXISTS (
      SELECT FROM decided.problem_record concerned
      JOIN ${schema}.record_person own ON own.subject = concerned.subject
      JOIN ${schema}.record_person mate ON mate.person = own.person
      JOIN ${schema}.record r ON r.subject = mate.subject
      WHERE concerned.problem = asked.problem
        AND (${restrictedBySource('r')}
          OR EXISTS (SELECT FROM decided.restricted d WHERE d.subject = r.subject)))
    ORDER BY due_at, id`);
  return rows as ProblemWaiting[];
}
