import { SERVICES, type Service } from '#lib/events';
import type { WaitsFor } from '#lib/read-model';
import { type Authority, databaseName, silentSources } from '../authority.js';
import { ALL_CATEGORIES, ALL_OUTCOMES, type Category, type ProblemOutcome } from '../report-problem/problem-categories.js';
import type { KeptProblems } from '../report-problem/kept-problems.js';
import type { Reader } from '../sign-in/reader.js';
import type { Snapshot, Statement } from '../snapshot.js';
import type { KnownPeople, KnownPerson } from '../view-person/known-person.js';
import { readPeopleOfRecords } from '../view-person/read-people.js';
import type { StoredRecord } from '../view-person/stored-record.js';
import { sameValue, statedValuesOf, type ValueKind, VALUE_KINDS } from '../view-person/stated-values.js';
import { knownAs } from './known-as.js';
import type { ProblemAsked } from './problem-asked.js';
import { answeredFor } from './which-database.js';

interface Stored {
  id: string;
  problem: string;
  /** Null: the data analysts are asked alone. */
  source: string | null;
  service: Service | null;
  value: ValueKind | null;
  category: Category;
  reportedAt: number;
  sealed: string;
  dueAt: number;
  waitsFor: WaitsFor | null;
  overdue: boolean;
  outcome: ProblemOutcome | null;
  answeredAt: number | null;
  answerSealed: string | null;
  subjects: string[];
}

/** A problem that a source, or the data analysts alone, were asked about, and whose records it concerns: for the record of the look alone. */
export interface Asked {
  asked: ProblemAsked;
  problem: string;
  person: string | null;
  subjects: string[];
}

/** One of them alone, or those of one database. */
export interface Narrowed {
  id?: string;
  chosen?: string | null;
}

/** So many are listed, and no more. */
export const MOST_LISTED = 500;
/** Read besides: that some of those read are of restricted people then changes neither how many are listed nor what is said of it. */
const SPARE = 100;

/**
 * What the sources that this reader answers for are asked, and data analysts alone; what waits longest first. Of somebody who is restricted now, and of a service that is not shown, there is
 * nothing: as if nobody had reported it. @param id one of them alone @param chosen of one database alone, as `chosenIn` reads it
 */
export async function readAsked(snapshot: Snapshot, kept: KeptProblems, reader: Reader, { id, chosen }: Narrowed = {}): Promise<Asked[]> {
  const { authority } = snapshot;
  const shown = authority.services.filter(({ display }) => display === 'shown').map(({ service }) => service);
  const { sources, services } = answeredFor(reader, authority, chosen ?? null);
  const rows = await snapshot.rows<Stored>(ASKED, [sources, shown, silentSources(authority), id ?? null, MOST_LISTED + SPARE, services]);
  const people = await readPeopleOfRecords(snapshot, [...new Set(rows.flatMap(({ subjects }) => subjects))]);
  const hidden = restrictedAmong(people);
  return rows
    .filter(({ subjects }) => !subjects.some((subject) => hidden.has(subject)))
    .slice(0, MOST_LISTED)
    .map((row) => {
      const persons = row.subjects.map((subject) => people.personOf(subject)).filter((person) => person !== null);
      const [person = null] = persons;
      const known = [...new Set(persons)].flatMap((one) => people.byId.get(one) ?? []);
      const records = known.flatMap((one) => one.records).filter(({ source }) => row.source === null || source === row.source);
      const own = records.filter(({ subject }) => row.subjects.includes(subject));
      // A record that was given another id since is meant by that.
      const called = own.length > 0 ? own : records;
      return { asked: problemAsked(row, called, known, kept, snapshot), problem: row.problem, person, subjects: row.subjects };
    });
}

const restrictedAmong = ({ byId }: KnownPeople): Set<string> =>
  new Set([...byId.values()].filter(({ restricted }) => restricted).flatMap(({ subjects, removed }) => [...subjects, ...removed]));

function problemAsked(row: Stored, called: StoredRecord[], known: KnownPerson[], kept: KeptProblems, snapshot: Snapshot): ProblemAsked {
  const { authority } = snapshot;
  const { id, source, service, value, category, reportedAt, dueAt, waitsFor, overdue, outcome, answeredAt, answerSealed } = row;
  const said = kept.opened(row.problem, row.sealed);
  const still = stillStated(row, said?.value, known, snapshot);
  // What was said of an address may repeat it: it goes with the address.
  const mayRepeat = value !== 'address' || still !== null;
  return {
    id,
    source,
    database: source && databaseName(authority, source),
    service,
    serviceName: service && SERVICES[service],
    value: value && { kind: value, kindWords: VALUE_KINDS[value], words: still },
    category,
    categoryWords: ALL_CATEGORIES[category],
    reportedAt,
    recordIds: source === null ? [] : [...new Set(called.map(({ recordId }) => recordId))],
    involvementId: said?.involvement ?? null,
    knownAs: source === null ? knownAs(called, authority) : [],
    words: (mayRepeat && said?.words) || null,
    reporter: said?.name === undefined ? null : { name: said.name, team: said.team ?? '' },
    dueAt,
    waitsFor: waitsFor && { who: waitsFor, name: nameOf(waitsFor, source, authority), overdue },
    answer:
      outcome === null || answeredAt === null
        ? null
        : {
            outcome,
            outcomeWords: ALL_OUTCOMES[outcome],
            words: (mayRepeat && answerSealed && kept.opened(id, answerSealed)?.words) || null,
            answeredAt,
          },
  };
}

/** The value in words, as long as this source states it of the person and the page may show it. */
function stillStated({ source, value: kind }: Stored, words: string | undefined, known: KnownPerson[], { authority, now }: Snapshot) {
  if (kind === null || words === undefined) return null;
  const values = known.flatMap((one) => sameValue(statedValuesOf(one, authority, now), { kind, words }) ?? []);
  return values.find(({ records }) => records.some((record) => record.source === source))?.words ?? null;
}

function nameOf(waitsFor: WaitsFor, source: string | null, { sources, dataAnalysts }: Authority): string | null {
  if (waitsFor === 'data-analyst') return dataAnalysts.name;
  return sources.find(({ id }) => id === source)?.owners?.[waitsFor === 'first-owner' ? 0 : 1].name ?? null;
}

const ASKED: Statement = {
  name: 'problems-asked',
  text: `
    SELECT id, problem, source, service, value, category, (extract(epoch FROM reported_at) * 1000)::float8 AS "reportedAt",
           encode(sealed, 'base64') AS sealed, (extract(epoch FROM due_at) * 1000)::float8 AS "dueAt", waits_for AS "waitsFor", overdue, outcome,
           (extract(epoch FROM answered_at) * 1000)::float8 AS "answeredAt", encode(answer_sealed, 'base64') AS "answerSealed",
           ARRAY (SELECT subject FROM decided.problem_record r WHERE r.problem = problem_asked.problem) AS subjects
    FROM decided.problem_asked
    WHERE (source = ANY ($1::text[]) AND (service = ANY ($2::text[]) OR value IS NOT NULL AND NOT source = ANY ($3::text[]))
           OR source IS NULL AND service = ANY ($6::text[]))
      AND ($4::uuid IS NULL OR id = $4)
      AND (outcome IS NULL OR answered_at > now() - interval '90 days')
    ORDER BY outcome IS NOT NULL, due_at, id LIMIT $5`,
};
