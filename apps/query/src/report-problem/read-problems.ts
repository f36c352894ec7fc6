import { databaseName } from '../authority.js';
import type { Snapshot, Statement } from '../snapshot.js';
import type { KnownPerson } from '../view-person/known-person.js';
import type { StoredInvolvement } from '../view-person/read-involvements.js';
import type { ReadPanel } from '../view-person/read-panel.js';
import { isRuledOut, type ServicePanel } from '../view-person/service-panel.js';
import type { StoredRecord } from '../view-person/stored-record.js';
import { sameValue, type StatedValue, statedValuesOf, type ValueKind } from '../view-person/stated-values.js';
import type { KeptProblems, ReportedWords } from './kept-problems.js';
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
    /** When the source last stated or took back each of its involvements behind the panel, by its own id; milliseconds since 1970. */
    stated: Record<string, number | null>;
  }[];
}

/** A problem as readers see it, with what they do not. */
export interface ReadProblem {
  shown: ProblemShown;
  /** The sources asked of which may be told; null: the data analysts. */
  asked: (string | null)[];
  /** Null: it can't be opened any more. */
  said: ReportedWords | null;
}

/**
 * The problems reported with a service's panel of a person: those that wait for an answer or may still be of the wrong person, and for 90 days those that have one. The newest
 * first. That a source was asked would tell of its records: where the panel shows nothing, there are those alone that the data analysts were asked.
 */
export async function readProblemsOfPanel(
  snapshot: Snapshot,
  kept: KeptProblems,
  { person, ...opened }: Pick<ReadPanel, 'person' | 'panel' | 'involvements'>,
): Promise<ReadProblem[]> {
  return (await readProblemsOfPanels(snapshot, kept, [{ person, opened: [opened] }]))[0]![0]!;
}

/** The same of panels of several people, for each of each: by one statement, however many they are. */
export async function readProblemsOfPanels(
  snapshot: Snapshot,
  kept: KeptProblems,
  people: readonly { person: KnownPerson; opened: readonly Pick<ReadPanel, 'panel' | 'involvements'>[] }[],
): Promise<ReadProblem[][][]> {
  const services = new Set(people.flatMap(({ opened }) => opened.map(({ panel }) => panel.service)));
  const persons = people.map(({ person }) => person);
  const stored = await readStored(snapshot, persons, [...services]);
  return people.map(({ opened }, at) =>
    opened.map(({ panel, involvements }) => ofPanel(stored[at]!, panel).map((problem) => read(problem, { involvements }, snapshot, kept))),
  );
}

/** What is kept about each of these people. */
async function readStored(snapshot: Snapshot, people: readonly KnownPerson[], services: readonly string[] | null): Promise<Stored[][]> {
  const subjects = people.flatMap((person, whom) => person.subjects.map((subject) => ({ subject, whom })));
  const values = [subjects.map(({ subject }) => subject), subjects.map(({ whom }) => whom), services];
  const rows = await snapshot.rows<Stored & { whom: number }>(PROBLEMS, values);
  return people.map((_, at) => rows.filter(({ whom }) => whom === at));
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
  const [stored] = (await readStored(snapshot, [person], null)) as [Stored[]];
  return {
    problems: problemsOfValues(stored, snapshot, kept, person).map(({ shown }) => shown),
    missingOf: (panels: readonly ServicePanel[]): ProblemShown[] =>
      panels
        .filter(goesToAnalystsAlone)
        .flatMap((panel) => ofPanel(stored, panel))
        .map((problem) => read(problem, {}, snapshot, kept).shown),
  };
}

/** Of those on a person's page, the problems with one value. */
export async function readProblemsOfValue(
  snapshot: Snapshot,
  kept: KeptProblems,
  person: KnownPerson,
  value: StatedValue,
): Promise<ReadProblem[]> {
  const [stored] = (await readStored(snapshot, [person], null)) as [Stored[]];
  return problemsOfValues(stored, snapshot, kept, person).filter(
    ({ shown }) => shown.value?.kind === value.kind && shown.value.words === value.words,
  );
}

/**
 * Problems with names, dates of birth and death, and addresses. Who was asked may have been put out of sight since, by age, by a doubt, with its service: it is told no more than the
 * identity tells of it, and so is a value.
 */
function problemsOfValues(stored: readonly Stored[], snapshot: Snapshot, kept: KeptProblems, person: KnownPerson): ReadProblem[] {
  const told = new Set(person.records.map(({ source }) => source));
  const values = statedValuesOf(person, snapshot.authority, snapshot.now);
  return stored
    .filter(({ value }) => value !== null)
    .map((problem) => ({ ...problem, asked: problem.asked.filter(({ source }) => source !== null && told.has(source)) }))
    .filter(({ asked }) => asked.length > 0)
    .map((problem) => read(problem, { values }, snapshot, kept));
}

/** When a source last stated a value; null: it does not any more. */
const newestOfValue = (records: readonly StoredRecord[], source: string | null): number | null =>
  newestOf(records.filter((record) => record.source === source).map(({ statedAt }) => statedAt));

const newestOf = (instants: readonly (number | null | undefined)[]): number | null =>
  instants.reduce<number | null>((newest, at) => (at != null && (newest === null || at > newest) ? at : newest), null);

/** What may be told now of what problems are with. */
interface Told {
  values?: readonly StatedValue[];
  involvements?: readonly StoredInvolvement[];
}

function read(problem: Stored, { values = [], involvements = [] }: Told, { authority, now }: Snapshot, kept: KeptProblems): ReadProblem {
  const { id, category, service, value, reportedAt, asked } = problem;
  const said = kept.opened(id, problem.said);
  const still = value !== null && said?.value !== undefined ? sameValue(values, { kind: value, words: said.value }) : undefined;
  const words = still?.words ?? null;
  const meant = involvements.find(({ source, involvementId }) => involvementId === said?.involvement && source === asked[0]?.source);
  const shown = problemShown(
    {
      id,
      category,
      service,
      value: value && { kind: value, words },
      involvement: meant === undefined ? null : kept.nameOf(meant),
      reportedAt,
    },
    asked.map(({ ask, source, sealed, stated, ...said }) => ({
      ...said,
      statedAt:
        value === null
          ? newestOf(meant === undefined ? Object.values(stated) : [stated[meant.involvementId]])
          : newestOfValue(still?.records ?? [], source),
      database: source && databaseName(authority, source),
      // What was answered of an address may repeat it: it goes with the address.
      words: sealed === null || (value === 'address' && words === null) ? null : (kept.opened(ask, sealed)?.words ?? null),
    })),
    now,
  );
  return { shown, asked: asked.map(({ source }) => source), said };
}

const WHOSE = 'unnest($1::uuid[], $2::int[]) AS w (subject, whom)';
/** About people, each with their records. Of these services; without any, of values and, of every service, those that the data analysts alone are asked. */
const PROBLEMS: Statement = {
  name: 'problems-shown',
  text: `
    SELECT whom, problem AS id, category, service, value, (extract(epoch FROM reported_at) * 1000)::float8 AS "reportedAt", encode(sealed, 'base64') AS said,
           json_agg(json_build_object(
             'ask', id, 'source', source, 'dueAt', (extract(epoch FROM due_at) * 1000)::float8, 'outcome', outcome,
             'answeredAt', (extract(epoch FROM answered_at) * 1000)::float8, 'sealed', encode(answer_sealed, 'base64'),
             'stated', (SELECT coalesce(json_object_agg(involvement_id, greatest(described_at, status_at)), '{}') FROM involvement i
                        WHERE i.subject = ANY (ARRAY (SELECT subject FROM ${WHOSE} WHERE w.whom = about.whom)) AND i.source = problem_asked.source AND coalesce(i.service, problem_asked.service) = problem_asked.service)
           ) ORDER BY source) AS asked
    FROM decided.problem_asked JOIN (SELECT DISTINCT whom, problem FROM decided.problem_record JOIN ${WHOSE} USING (subject)) about USING (problem)
    WHERE (service = ANY ($3::text[]) OR $3 IS NULL AND (value IS NOT NULL OR source IS NULL))
      AND problem = ANY (ARRAY (SELECT problem FROM decided.problem_record WHERE subject = ANY ($1::uuid[])))
    GROUP BY whom, problem, category, service, value, reported_at, sealed
    HAVING bool_or(outcome IS NULL) OR max(answered_at) > now() - interval '90 days'
        OR (category = 'wrong-person' AND bool_or(outcome = 'answered'))
    ORDER BY reported_at DESC`,
};
