import { databaseName } from '../authority.js';
import type { Snapshot, Statement } from '../snapshot.js';
import type { KeptProblems } from './kept-problems.js';
import type { Category, ProblemOutcome } from './problem-categories.js';
import { type ProblemShown, problemShown } from './problem-shown.js';

interface Stored {
  id: string;
  category: Category;
  reportedAt: number;
  asked: {
    ask: string;
    source: string;
    dueAt: number;
    outcome: ProblemOutcome | null;
    answeredAt: number | null;
    sealed: string | null;
  }[];
}

/** The problems reported with a service's records of a person: those that wait for an answer or may still be of the wrong person, and for 90 days those that have one. The newest first. */
export async function readProblems(snapshot: Snapshot, kept: KeptProblems, subjects: string[], service: string): Promise<ProblemShown[]> {
  const stored = await snapshot.rows<Stored>(PROBLEMS, [subjects, service]);
  return stored.map(({ id, category, reportedAt, asked }) =>
    problemShown(
      id,
      category,
      reportedAt,
      asked.map(({ ask, source, sealed, ...said }) => ({
        ...said,
        database: databaseName(snapshot.authority, source),
        words: sealed === null ? null : (kept.opened(ask, sealed)?.words ?? null),
      })),
      snapshot.now,
    ),
  );
}

const PROBLEMS: Statement = {
  name: 'problems-of-panel',
  text: `
    SELECT problem AS id, category, (extract(epoch FROM reported_at) * 1000)::float8 AS "reportedAt",
           json_agg(json_build_object(
             'ask', id, 'source', source, 'dueAt', (extract(epoch FROM due_at) * 1000)::float8, 'outcome', outcome,
             'answeredAt', (extract(epoch FROM answered_at) * 1000)::float8, 'sealed', encode(answer_sealed, 'base64')) ORDER BY source) AS asked
    FROM decided.problem_asked
    WHERE service = $2 AND problem = ANY (ARRAY (SELECT problem FROM decided.problem_record WHERE subject = ANY ($1::uuid[])))
    GROUP BY problem, category, reported_at
    HAVING bool_or(outcome IS NULL) OR max(answered_at) > now() - interval '90 days'
        OR (category = 'wrong-person' AND bool_or(outcome = 'answered'))
    ORDER BY reported_at DESC`,
};
