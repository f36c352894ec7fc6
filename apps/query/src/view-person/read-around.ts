import { nextOf, restrictingAmong } from '#lib/read-model';
import { silentSources } from '../authority.js';
import { londonDay } from '../day-words.js';
import { awaitsWorker, namesReader, openInvolvement } from '../policy/cases.js';
import type { Snapshot, Statement } from '../snapshot.js';
import { hiddenHomes } from './hidden-homes.js';
import { type PeopleOfRecords, storedRecords, withOwners } from './read-people.js';
import type { StoredRecord } from './stored-record.js';

/** How a reader stands to somebody, as the read model and what was decided by hand say. Whoever is restricted is on nobody's caseload and has no family. */
export interface Standing {
  restricted: boolean;
  /** The reader has said to know them, or somebody who may be them. */
  knows: boolean;
  /** An open involvement names the reader, with them or with somebody they are linked to. */
  caseload: boolean;
  /** An open involvement of the case management system with the reader's team names nobody yet. */
  referralQueue: boolean;
  /** An open involvement is with the reader's team. */
  ownTeam: boolean;
  /** Person ids of those one link away in the case management system. */
  family: string[];
}

/** A record that was once given to a person and is somebody else's now, and when that was decided; milliseconds since 1970. */
export interface RecordElsewhere {
  subject: string;
  decidedAt: number;
}

/** Somebody with everybody linked to them in the case management system, from either side, and whoever has records now that were once theirs. */
export interface Around extends Standing {
  people: PeopleOfRecords;
  elsewhere: RecordElsewhere[];
}

const around = new WeakMap<Snapshot, Map<string, Promise<Around>>>();

/** One statement, however often a question and the rights to its answer ask for it: both stand in one snapshot. */
export function readAround(snapshot: Snapshot, person: string): Promise<Around> {
  const known = around.get(snapshot) ?? new Map<string, Promise<Around>>();
  around.set(snapshot, known);
  const reading = known.get(person) ?? read(snapshot, person);
  known.set(person, reading);
  return reading;
}

async function read(snapshot: Snapshot, person: string): Promise<Around> {
  const { authority, reader } = snapshot;
  const values = [person, reader.id, reader.team, authority.caseManagementSystem, londonDay(snapshot.now), silentSources(authority)];
  const [found] = await snapshot.rows<Standing & { records: StoredRecord[]; elsewhere: RecordElsewhere[] }>(AROUND, values);
  const { records, ...standing } = found!;
  return { ...standing, people: withOwners(snapshot, records) };
}

const MINE = 'SELECT subject FROM mine';
const isMine = (subject: string) => `${subject} = ANY (ARRAY (${MINE}))`;

/**
 * A person's records are reached as for any answer about them, and those of each linked to them likewise. Whoever is restricted counts as nobody's
 * relative: else it would tell that they are there. So are those of whoever has a record now that was once the person's own (decision 0065).
 */
const AROUND: Statement = {
  name: 'around-person',
  text: `
    WITH RECURSIVE went (person, step) AS (
      SELECT $1::uuid, 0
      UNION ALL SELECT p.into_person, step + 1 FROM went JOIN person_redirect p ON p.person = went.person
                WHERE p.into_person IS NOT NULL AND step < 100),
    mine (subject) AS (
      SELECT subject FROM record_person WHERE person = ANY (ARRAY (SELECT person FROM went))
      UNION
      SELECT next.subject FROM mine, LATERAL (${nextOf('mine')}) next),
    linked (root) AS (
      SELECT other_subject FROM relationship
      WHERE source = $4 AND status = 'linked' AND other_subject IS NOT NULL AND subject = ANY (ARRAY (${MINE}))
      UNION
      SELECT subject FROM relationship WHERE source = $4 AND status = 'linked' AND other_subject = ANY (ARRAY (${MINE}))),
    kin (root, subject) AS (
      SELECT root, root FROM linked WHERE NOT root = ANY (ARRAY (${MINE}))
      UNION
      SELECT kin.root, next.subject FROM kin, LATERAL (${nextOf('kin')}) next),
    elsewhere (subject, decided_at) AS MATERIALIZED (
      SELECT rp.subject, given.decided_at FROM assigned_once once
      JOIN record_person rp ON rp.subject = once.subject AND rp.person <> once.person
      JOIN assigned_once given ON given.person = rp.person AND given.subject = rp.subject
      WHERE once.person = $1),
    gone (subject) AS (
      SELECT subject FROM elsewhere
      UNION
      SELECT next.subject FROM gone, LATERAL (${nextOf('gone')}) next),
    these AS MATERIALIZED (
      SELECT * FROM record
      WHERE subject = ANY (ARRAY (${MINE} UNION ALL SELECT subject FROM kin UNION ALL SELECT subject FROM gone))),
    ${restrictingAmong('these', '$4', '$2')},
    ${hiddenHomes('these')},
    stored AS MATERIALIZED (${storedRecords('$2')}),
    me AS MATERIALIZED (SELECT EXISTS (SELECT FROM restricting WHERE ${isMine('subject')}) AS restricted),
    shown_family AS MATERIALIZED (
      SELECT subject FROM kin WHERE NOT root IN (SELECT root FROM kin JOIN restricting USING (subject))),
    cases AS MATERIALIZED (
      SELECT i.subject, i.source, i.status, i.team, i.practitioner FROM involvement i JOIN these r ON r.subject = i.subject
      WHERE i.subject = ANY (ARRAY (SELECT subject FROM these)) AND ${openInvolvement('$5', '$6')})
    SELECT restricted,
           EXISTS (SELECT FROM stored WHERE ${isMine('subject')} AND "knownToReader") AS knows,
           NOT restricted AND EXISTS (
             SELECT FROM cases i WHERE ${namesReader('$2')} AND (${isMine('subject')} OR subject IN (SELECT subject FROM shown_family))) AS caseload,
           NOT restricted AND $3 <> '' AND EXISTS (SELECT FROM cases i WHERE ${isMine('subject')} AND ${awaitsWorker('$3', '$4')}) AS "referralQueue",
           NOT restricted AND $3 <> '' AND EXISTS (SELECT FROM cases i WHERE ${isMine('subject')} AND team = $3) AS "ownTeam",
           CASE WHEN restricted THEN '{}'
                ELSE ARRAY (SELECT DISTINCT person FROM record_person WHERE subject = ANY (ARRAY (SELECT subject FROM shown_family))) END AS family,
           (SELECT coalesce(json_agg(stored), '[]') FROM stored) AS records,
           (SELECT coalesce(json_agg(json_build_object('subject', subject, 'decidedAt', decided_at)), '[]') FROM elsewhere) AS elsewhere
    FROM me`,
};
