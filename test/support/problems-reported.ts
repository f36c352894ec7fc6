import type { ProblemAsked } from '../../apps/query/src/answer-problems/problem-asked.js';
import type { Got, QueryApp } from './query-app.js';

/** The id of the problem that was just reported. */
export const problemIn = ({ text }: Got): string => (JSON.parse(text) as { problem: string }).problem;

/** What somebody is asked of a problem; none where they are not. */
export async function askedOf(app: QueryApp, problem: string, reader = 'nora.finch'): Promise<ProblemAsked[]> {
  const { rows } = await app.people.pool.query<{ id: string }>('SELECT id FROM decided.problem_ask WHERE problem = $1', [problem]);
  const { text } = await app.getUnasked('/v1/problems', reader);
  return (JSON.parse(text) as { result: ProblemAsked[] }).result.filter(({ id }) => rows.some((row) => row.id === id));
}
