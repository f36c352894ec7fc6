import { nextOf, restrictingAmong } from '#lib/read-model';
import { knownAmong } from '../policy/known-to.js';
import type { Snapshot, Statement } from '../snapshot.js';
import { hiddenHomes, isHiddenHome, isNearHiddenHome } from './hidden-homes.js';
import { gatherPeople, HIDDEN, type KnownPeople } from './known-person.js';
import type { StoredRecord } from './stored-record.js';

/** The people with these ids, and everybody tied to them by a replaced record. */
export async function readPeople(snapshot: Snapshot, persons: string[]): Promise<KnownPeople> {
  return gatherPeople(await readRecords(snapshot, persons, []), snapshot);
}

export interface PeopleOfRecords extends KnownPeople {
  /** Whose facts a record's are. */
  personOf(subject: string): string | null;
  /** The same, also where its facts are held back because a reader has doubted it. */
  ownerOf(subject: string): string | null;
}

/** The people that records with these subject tokens belong to. */
export async function readPeopleOfRecords(snapshot: Snapshot, subjects: string[]): Promise<PeopleOfRecords> {
  return withOwners(snapshot, await readRecords(snapshot, [], subjects));
}

/** Whose the records of a complete group are. */
export function withOwners(snapshot: Snapshot, rows: StoredRecord[]): PeopleOfRecords {
  const people = gatherPeople(rows, snapshot);
  const everybody = [...people.byId.values()];
  const shown = new Map(everybody.flatMap(({ person, subjects }) => subjects.map((subject) => [subject, person] as const)));
  const withheld = new Map(everybody.flatMap(({ person, withheld }) => withheld.map((subject) => [subject, person] as const)));
  return {
    ...people,
    personOf: (subject) => shown.get(subject) ?? null,
    ownerOf: (subject) => shown.get(subject) ?? withheld.get(subject) ?? null,
  };
}

async function readRecords(snapshot: Snapshot, persons: string[], subjects: string[]): Promise<StoredRecord[]> {
  const values = [snapshot.reader.id, snapshot.authority.caseManagementSystem, persons, subjects];
  const [read] = await snapshot.rows<{ records: StoredRecord[] }>(RECORDS, values);
  return read!.records;
}

/** A home that would tell where somebody is hidden is confidential, as if its source had said so. */
const addressesTold = (record: string) => `
           CASE WHEN ${isNearHiddenHome(record)}
                THEN (SELECT coalesce(jsonb_agg(CASE WHEN ${isHiddenHome('a')} THEN '${JSON.stringify(HIDDEN)}' ELSE a END ORDER BY at), '[]')
                      FROM jsonb_array_elements(${record}.addresses) WITH ORDINALITY stated (a, at))
                ELSE coalesce(${record}.addresses, '[]') END`;

/** Records as they are stored, of a WITH that holds them as `these`, who restricts as `restricting` and the parts of `hiddenHomes`. */
export const storedRecords = (reader: string): string => `
    SELECT r.subject, rp.person, r.source, r.record_id AS "recordId", r.details_epoch >= 0 AS described,
           r.present, r.subject IN (SELECT subject FROM restricting) AS restricted,
           ${knownAmong(reader, 'r')} AS "knownToReader", r.subject IN (SELECT subject FROM caring_in_hiding) AS "caresInHiding",
           r.replaced_by AS "replacedBy",
           ARRAY (SELECT k.other_subject FROM kept_apart k WHERE k.subject = r.subject AND k.apart) AS "keptApart",
           (SELECT coalesce(json_agg(json_build_object(
                     'id', d.id, 'own', d.reader = ${reader}, 'hides', d.hides, 'open', d.settled_at IS NULL, 'apartFrom', d.apart_from,
                     'raisedAt', (extract(epoch FROM d.raised_at) * 1000)::float8) ORDER BY d.raised_at, d.id), '[]')
            FROM decided.doubt_that_may_count d WHERE d.subject = r.subject) AS doubts,
           ARRAY[r.replacement_epoch, r.replacement_position]::float8[] AS "replacedAt",
           coalesce(r.names, '[]') AS names,
           CASE WHEN r.date_of_birth IS NOT NULL
                THEN json_build_object('date', r.date_of_birth, 'precision', r.date_of_birth_precision) END AS birth,
           r.gender, ${addressesTold('r')} AS addresses, coalesce(r.identifiers, '[]') AS identifiers,
           r.deceased_on AS "deceasedOn", coalesce(r.flags, '[]') AS flags,
           coalesce(greatest(r.confirmed_at, r.details_at), 0) AS "statedAt"
    FROM these r LEFT JOIN record_person rp ON rp.subject = r.subject`;

/**
 * From the first records along every replacement (both ways) and every shared person, until nothing new turns up.
 * Their subjects are handed on as an array: PostgreSQL takes a recursion to yield thousands of rows, and would read both tables whole.
 */
const RECORDS: Statement = {
  name: 'records-of-people',
  text: `
    WITH RECURSIVE reached (subject) AS (
      (SELECT subject FROM record_person WHERE person = ANY ($3::uuid[]) UNION SELECT unnest($4::uuid[]))
      UNION
      SELECT next.subject FROM reached, LATERAL (${nextOf('reached')}) next),
    these AS MATERIALIZED (SELECT * FROM record WHERE subject = ANY (ARRAY (SELECT subject FROM reached))),
    ${restrictingAmong('these', '$2', '$1')},
    ${hiddenHomes('these')}
    SELECT coalesce(json_agg(stored), '[]') AS records FROM (${storedRecords('$1')}) stored`,
};
