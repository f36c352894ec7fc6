import { databaseName } from '../authority.js';
import type { Snapshot, Statement } from '../snapshot.js';
import type { KnownPerson } from '../view-person/known-person.js';
import { isRuledOut, type ServicePanel } from '../view-person/service-panel.js';
import type { StoredRecord } from '../view-person/stored-record.js';
import { sameValue, statedValuesOf, type ValueKind } from '../view-person/stated-values.js';
import type { KeptProblems } from './kept-problems.js';
import { goesToAnalystsAlone } from './panel-changed.js';
import type { Category, ProblemOutcome } from './problem-categories.js';
import { type ProblemShown, problemShown } from './problem-shown.js';

interface Stored {
  id: string;
  category: Category;
  service: string | null;
  value: ValueKind | null;
  reportedAt: number;
  /** What was said with it. */
  said: string;
  asked: {
    ask: string;
    /** Null: the data analysts, alone. */
    source: string | null;
    dueAt: number;
    outcome: ProblemOutcome | null;
    answeredAt: number | null;
    sealed: string | null;
    /** When the source last stated or took back what its panel shows; milliseconds since 1970. */
    statedAt: number | null;
  }[];
}

/**
 * The problems reported with a service's panel of a person: those that wait for an answer or may still be of the wrong person, and for 90 days those that have one. The newest
 * first. That a source was asked would tell of its records: where the panel shows nothing, there are those alone that the data analysts were asked.
 */
export async function readProblemsOfPanel(
  snapshot: Snapshot,
  kept: KeptProblems,
  { subjects }: KnownPerson,
  panel: ServicePanel,
): Promise<ProblemShown[]> {
  const stored = await snapshot.rows<Stored>(PROBLEMS, [subjects, panel.service]);
  return ofPanel(stored, panel).map((problem) => shown(problem, null, snapshot, kept));
}

/** As far as this panel may show them: where a rule leaves its service out, none, of whatever time. The same stands there whatever is known, and whatever is said. */
function ofPanel(stored: readonly Stored[], panel: ServicePanel): Stored[] {
  if (isRuledOut(panel.state)) return [];
  const own = stored.filter(({ service }) => service === panel.service);
  if (!goesToAnalystsAlone(panel)) return own;
  return own.filter(isOfAnalysts).map((problem) => ({
    ...problem,
    // That it was there before would tell that it is hidden now.
    asked: problem.asked.map((one) => (one.outcome === 'there-now' ? { ...one, outcome: 'nothing-to-show' } : one)),
  }));
}

const isOfAnalysts = ({ asked }: Stored) => asked.every(({ source }) => source === null);

/** What stands on a person's page before any panel is opened: problems with values, and those with panels that show nothing. */
export async function readProblemsOfPage(snapshot: Snapshot, kept: KeptProblems, person: KnownPerson) {
  const stored = await snapshot.rows<Stored>(PROBLEMS, [person.subjects, null]);
  return {
    problems: problemsOfValues(
      stored.filter(({ value }) => value !== null),
      snapshot,
      kept,
      person,
    ),
    missingOf: (panels: readonly ServicePanel[]): ProblemShown[] =>
      panels
        .filter(goesToAnalystsAlone)
        .flatMap((panel) => ofPanel(stored, panel))
        .map((problem) => shown(problem, null, snapshot, kept)),
  };
}

/**
 * Problems with names, dates of birth and addresses. Who was asked may have been put out of sight since, by age, by a doubt, with its service: it is told no more than the
 * identity tells of it, and so is a value.
 */
function problemsOfValues(stored: readonly Stored[], snapshot: Snapshot, kept: KeptProblems, person: KnownPerson): ProblemShown[] {
  const told = new Set(person.records.map(({ source }) => source));
  const values = statedValuesOf(person, snapshot.authority, snapshot.now);
  return stored
    .map((problem) => ({ ...problem, asked: problem.asked.filter(({ source }) => source !== null && told.has(source)) }))
    .filter(({ asked }) => asked.length > 0)
    .map((problem) => {
      const words = kept.opened(problem.id, problem.said)?.value;
      const still = problem.value === null || words === undefined ? undefined : sameValue(values, { kind: problem.value, words });
      const asked = problem.asked.map((one) => ({ ...one, statedAt: newestOf(still?.records ?? [], one.source) }));
      return shown({ ...problem, asked }, still?.words ?? null, snapshot, kept);
    });
}

/** When a source last stated a value; null: it does not any more. */
function newestOf(records: readonly StoredRecord[], source: string | null): number | null {
  const own = records.filter((record) => record.source === source);
  return own.length === 0 ? null : Math.max(...own.map(({ statedAt }) => statedAt));
}

function shown(problem: Stored, words: string | null, { authority, now }: Snapshot, kept: KeptProblems): ProblemShown {
  const { id, category, service, value, reportedAt, asked } = problem;
  return problemShown(
    { id, category, service, value: value && { kind: value, words }, reportedAt },
    asked.map(({ ask, source, sealed, ...said }) => ({
      ...said,
      database: source && databaseName(authority, source),
      // What was answered of an address may repeat it: it goes with the address.
      words: sealed === null || (value === 'address' && words === null) ? null : (kept.opened(ask, sealed)?.words ?? null),
    })),
    now,
  );
}

/** Of one service; without one, of values and, of every service, those that the data analysts alone are asked. */
const PROBLEMS: Statement = {
  name: 'problems-shown',
  text: `
    SELECT problem AS id, category, service, value, (extract(epoch FROM reported_at) * 1000)::float8 AS "reportedAt", encode(sealed, 'base64') AS said,
           json_agg(json_build_object(
             'ask', id, 'source', source, 'dueAt', (extract(epoch FROM due_at) * 1000)::float8, 'outcome', outcome,
             'answeredAt', (extract(epoch FROM answered_at) * 1000)::float8, 'sealed', encode(answer_sealed, 'base64'),
             'statedAt', (SELECT max(greatest(described_at, status_at)) FROM involvement i
                          WHERE i.subject = ANY ($1::uuid[]) AND i.source = problem_asked.source AND coalesce(i.service, problem_asked.service) = problem_asked.service)
           ) ORDER BY source) AS asked
    FROM decided.problem_asked
    WHERE (service = $2::text OR $2 IS NULL AND (value IS NOT NULL OR source IS NULL))
      AND problem = ANY (ARRAY (SELECT problem FROM decided.problem_record WHERE subject = ANY ($1::uuid[])))
    GROUP BY problem, category, service, value, reported_at, sealed
    HAVING bool_or(outcome IS NULL) OR max(answered_at) > now() - interval '90 days'
        OR (category = 'wrong-person' AND bool_or(outcome = 'answered'))
    ORDER BY reported_at DESC`,
};
