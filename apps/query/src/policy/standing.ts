import { silentSources } from '../authority.js';
import type { Reader } from '../sign-in/reader.js';
import type { Snapshot, Statement } from '../snapshot.js';
import { nextOf } from '../view-person/read-people.js';
import { awaitsWorker, namesReader, openInvolvement } from './cases.js';
import { knownTo } from './known-to.js';
import { restricts } from './restricts.js';

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

/** One statement, sent along with those of the answer. */
export async function readStanding(snapshot: Snapshot, person: string, { id, team }: Reader): Promise<Standing> {
  const { authority } = snapshot;
  const [read] = await snapshot.rows<Standing>(STANDING, [person, id, team, authority.caseManagementSystem, silentSources(authority)]);
  return read!;
}

const RESTRICTS = restricts('r', '$4');

const openWith = (subjects: string, what: string): string => `EXISTS (
      SELECT FROM involvement i JOIN record r ON r.subject = i.subject
      WHERE i.subject = ANY (ARRAY (${subjects})) AND ${openInvolvement('$5')} AND ${what})`;

const MINE = 'SELECT subject FROM mine';
const NAMES_READER = namesReader('$2');

/**
 * A person's records are reached as for an answer about them, and those of each linked to them likewise. Whoever is restricted counts as nobody's
 * relative: else it would tell that they are there.
 */
const STANDING: Statement = {
  name: 'standing',
  text: `
    WITH RECURSIVE went (person, step) AS (
      SELECT $1::uuid, 0
      UNION ALL SELECT p.into_person, step + 1 FROM went JOIN person_redirect p ON p.person = went.person
                WHERE p.into_person IS NOT NULL AND step < 100),
    mine (subject) AS (
      SELECT subject FROM record_person WHERE person = ANY (ARRAY (SELECT person FROM went))
      UNION
      SELECT next.subject FROM mine, LATERAL (${nextOf('mine')}) next),
    me AS MATERIALIZED (
      SELECT EXISTS (SELECT FROM record r WHERE r.subject = ANY (ARRAY (${MINE})) AND ${RESTRICTS}) AS restricted),
    linked (root) AS (
      SELECT other_subject FROM relationship
      WHERE source = $4 AND status = 'linked' AND other_subject IS NOT NULL AND subject = ANY (ARRAY (${MINE}))
      UNION
      SELECT subject FROM relationship WHERE source = $4 AND status = 'linked' AND other_subject = ANY (ARRAY (${MINE}))),
    kin (root, subject) AS (
      SELECT root, root FROM linked WHERE NOT root = ANY (ARRAY (${MINE}))
      UNION
      SELECT kin.root, next.subject FROM kin, LATERAL (${nextOf('kin')}) next),
    family AS MATERIALIZED (
      SELECT kin.root, kin.subject, restricts.so FROM kin, LATERAL (
        SELECT EXISTS (SELECT FROM record r WHERE r.subject = kin.subject AND ${RESTRICTS}) AS so LIMIT 1) restricts),
    shown_family AS MATERIALIZED (
      SELECT subject FROM family WHERE NOT root IN (SELECT root FROM family WHERE so))
    SELECT restricted,
           EXISTS (SELECT FROM record r WHERE r.subject = ANY (ARRAY (${MINE})) AND ${knownTo('$2', 'r', '$4')}) AS knows,
           NOT restricted AND (${openWith(MINE, NAMES_READER)} OR ${openWith('SELECT subject FROM shown_family', NAMES_READER)}) AS caseload,
           NOT restricted AND $3 <> '' AND ${openWith(MINE, awaitsWorker('$3', '$4'))} AS "referralQueue",
           NOT restricted AND $3 <> '' AND ${openWith(MINE, 'i.team = $3')} AS "ownTeam",
           CASE WHEN restricted THEN '{}'
                ELSE ARRAY (SELECT DISTINCT person FROM record_person WHERE subject = ANY (ARRAY (SELECT subject FROM shown_family))) END AS family
    FROM me`,
};
