import type { Snapshot, Statement } from '../snapshot.js';
import { type KnownPerson, mayBeShown } from '../view-person/known-person.js';
import { readPeopleOfRecords } from '../view-person/read-people.js';

/** Somebody who has been decided by hand to be another person. */
export interface KeptApart {
  other: KnownPerson;
  /** When data stewards decided it; milliseconds since 1970. Null: operations did, and when is not known here. */
  decidedAt: number | null;
}

/**
 * Who has been decided to be another person than this one, by the last decision about each. By records that are shown of both, and those replaced by them, alone:
 * of any other record the decision itself would tell.
 */
export async function readKeptApart(snapshot: Snapshot, { person, records }: KnownPerson): Promise<KeptApart[]> {
  const rulings = await snapshot.rows<Ruling>(KEPT_APART, [records.map(({ subject }) => subject)]);
  // Also where there is none: of a ruling about somebody who must look absent there is to be no trace, not even a statement more.
  const { byId } = await readPeopleOfRecords(
    snapshot,
    rulings.flatMap(({ others }) => others),
  );
  const people = [...byId.values()].filter((other) => other.person !== person && mayBeShown(other) && !other.knownToReader);
  return people.flatMap((other) => {
    const ruling = rulings.find(({ others }) => other.records.some(({ subject }) => others.includes(subject)));
    return ruling === undefined ? [] : [{ other, decidedAt: ruling.decidedAt }];
  });
}

interface Ruling {
  /** The other record, and those that have replaced it. */
  others: string[];
  decidedAt: number | null;
}

/** The newest first. A ruling of stewards is kept with its time; what was decided otherwise is in the log without one. */
const KEPT_APART: Statement = {
  name: 'people-kept-apart',
  text: `
    WITH RECURSIVE own (subject) AS (
      SELECT unnest($1::uuid[]) UNION SELECT r.subject FROM own JOIN record r ON r.replaced_by = own.subject),
    apart AS MATERIALIZED (SELECT k.subject, k.other_subject, k.ruling_position FROM own JOIN kept_apart k ON k.subject = own.subject WHERE k.apart),
    went (root, subject) AS (
      SELECT other_subject, other_subject FROM apart
      UNION SELECT went.root, r.replaced_by FROM went JOIN record r ON r.subject = went.subject WHERE r.replaced_by IS NOT NULL)
    SELECT ARRAY (SELECT went.subject FROM went WHERE went.root = apart.other_subject) AS others,
           CASE WHEN ruled.ruling = 'apart' THEN (extract(epoch FROM ruled.decided_at) * 1000)::float8 END AS "decidedAt"
    FROM apart LEFT JOIN LATERAL (
      SELECT ruling, decided_at FROM decided.pair_ruling made
      WHERE made.one = least(apart.subject, apart.other_subject) AND made.other = greatest(apart.subject, apart.other_subject)
      ORDER BY number DESC LIMIT 1) ruled ON true
    ORDER BY apart.ruling_position DESC, apart.other_subject`,
};
