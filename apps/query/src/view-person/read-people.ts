import { knownTo } from '../policy/known-to.js';
import { restricts } from '../policy/restricts.js';
import type { Snapshot, Statement } from '../snapshot.js';
import { gatherPeople, type KnownPeople } from './known-person.js';
import type { StoredRecord } from './stored-record.js';

/** The people with these ids, and everybody tied to them by a replaced record. */
export async function readPeople(snapshot: Snapshot, persons: string[]): Promise<KnownPeople> {
  return gatherPeople(await readRecords(snapshot, RECORDS, persons, []), snapshot);
}

export interface PeopleOfRecords extends KnownPeople {
  /** Whose facts a record's are. */
  personOf(subject: string): string | null;
  /** The same, also where its facts are held back because a reader has doubted it. */
  ownerOf(subject: string): string | null;
}

/** The people that records with these subject tokens belong to. */
export async function readPeopleOfRecords(snapshot: Snapshot, subjects: string[]): Promise<PeopleOfRecords> {
  return withOwners(snapshot, await readRecords(snapshot, RECORDS, [], subjects));
}

/** The people whose records are linked to these in the case management system, from either side: nobody waits to be told of the links first. */
export async function readPeopleLinkedTo(snapshot: Snapshot, subjects: string[]): Promise<PeopleOfRecords> {
  return withOwners(snapshot, await readRecords(snapshot, LINKED, subjects));
}

function withOwners(snapshot: Snapshot, rows: StoredRecord[]): PeopleOfRecords {
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

/** @param from what the statement starts from, after the reader and the case management system */
const readRecords = (snapshot: Snapshot, statement: Statement, ...from: string[][]) =>
  snapshot.rows<StoredRecord>(statement, [snapshot.reader, snapshot.authority.caseManagementSystem, ...from]);

/** The records tied to one that was reached: by replacement, either way, and by being the same person's. */
export const nextOf = (reached: string): string => `
        SELECT r.replaced_by AS subject FROM record r WHERE r.subject = ${reached}.subject AND r.replaced_by IS NOT NULL
        UNION ALL SELECT r.subject FROM record r WHERE r.replaced_by = ${reached}.subject
        UNION ALL SELECT mate.subject FROM record_person this JOIN record_person mate ON mate.person = this.person
                  WHERE this.subject = ${reached}.subject`;

/**
 * From the first records along every replacement (both ways) and every shared person, until nothing new turns up.
 * Their subjects are handed on as an array: PostgreSQL takes a recursion to yield thousands of rows, and would read both tables whole.
 */
const recordsFrom = (first: string) => `
    WITH RECURSIVE reached (subject) AS (
      (${first})
      UNION
      SELECT next.subject FROM reached, LATERAL (${nextOf('reached')}) next)
    SELECT r.subject, rp.person, r.source, r.record_id AS "recordId", r.details_epoch >= 0 AS described,
           r.present, ${restricts('r', '$2')} AS restricted,
           ${knownTo('$1', 'r', '$2')} AS "knownToReader", r.replaced_by AS "replacedBy",
           ARRAY (SELECT k.other_subject FROM kept_apart k WHERE k.subject = r.subject AND k.apart) AS "keptApart",
           (SELECT coalesce(json_agg(json_build_object(
                     'id', d.id, 'own', d.reader = $1, 'hides', d.hides, 'open', d.settled_at IS NULL, 'apartFrom', d.apart_from,
                     'raisedAt', (extract(epoch FROM d.raised_at) * 1000)::float8) ORDER BY d.raised_at, d.id), '[]')
            FROM decided.doubt_that_may_count d WHERE d.subject = r.subject) AS doubts,
           ARRAY[r.replacement_epoch, r.replacement_position]::float8[] AS "replacedAt",
           coalesce(r.names, '[]') AS names,
           CASE WHEN r.date_of_birth IS NOT NULL
                THEN json_build_object('date', r.date_of_birth, 'precision', r.date_of_birth_precision) END AS birth,
           r.gender, coalesce(r.addresses, '[]') AS addresses, coalesce(r.identifiers, '[]') AS identifiers,
           r.deceased_on AS "deceasedOn", coalesce(r.flags, '[]') AS flags,
           coalesce(greatest(r.confirmed_at, r.details_at), 0) AS "statedAt"
    FROM record r LEFT JOIN record_person rp ON rp.subject = r.subject
    WHERE r.subject = ANY (ARRAY (SELECT subject FROM reached))`;

const RECORDS: Statement = {
  name: 'records-of-people',
  text: recordsFrom('SELECT subject FROM record_person WHERE person = ANY ($3::uuid[]) UNION SELECT unnest($4::uuid[])'),
};

const LINKED: Statement = {
  name: 'records-of-linked-people',
  text: recordsFrom(`
        SELECT other_subject FROM relationship
        WHERE source = $2 AND status = 'linked' AND subject = ANY ($3::uuid[]) AND NOT other_subject = ANY ($3::uuid[])
        UNION
        SELECT subject FROM relationship
        WHERE source = $2 AND status = 'linked' AND other_subject = ANY ($3::uuid[]) AND NOT subject = ANY ($3::uuid[])`),
};
