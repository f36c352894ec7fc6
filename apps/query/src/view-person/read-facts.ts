import { isOverSql } from '#lib/read-model';
import { londonDay } from '../day-words.js';
import type { Snapshot, Statement } from '../snapshot.js';
import type { KnownPerson } from './known-person.js';

/** What a service's source says of a person, counted: enough for a closed panel. */
export interface ServiceFacts {
  /** Null: the involvement ended before it was ever described. */
  service: string | null;
  source: string;
  open: number;
  closed: number;
  lastClosedOn: string | null;
  /** Where all that are open begin on days that lie ahead: the first of them. */
  beginsOn: string | null;
}

/** A link as its source states it: what `other` is to `subject`. */
export interface StoredLink {
  subject: string;
  other: string;
  relationship: string;
  startedOn: string | null;
  parentalResponsibility: boolean;
  mainCarer: boolean;
  statedAt: number;
}

export interface HeldBack {
  source: string;
  /** Milliseconds since 1970. */
  since: number;
}

export interface PersonFacts {
  facts: ServiceFacts[];
  /** Sources of which events about this person are held back, and since when the oldest is; '': a source that can't be read. */
  heldBack: HeldBack[];
  /** What is not shown because a reader has doubted that the record is theirs: of which services. */
  withheld: Pick<ServiceFacts, 'service' | 'source'>[];
  /** Links in the case management system, from either side. */
  links: StoredLink[];
}

export async function readFacts(snapshot: Snapshot, { subjects, removed, withheld }: KnownPerson): Promise<PersonFacts> {
  const [read] = await snapshot.rows<PersonFacts>(FACTS, [
    subjects,
    snapshot.authority.caseManagementSystem,
    removed,
    withheld,
    londonDay(snapshot.now),
  ]);
  return read!;
}

/** An involvement that was updated before it was opened is open: saying nothing would read as "not involved". */
const OVER = isOverSql('$5');
const FACTS: Statement = {
  name: 'facts-of-person',
  text: `
    SELECT (SELECT coalesce(json_agg(f), '[]') FROM (
              SELECT service, source, count(*) FILTER (WHERE NOT ${OVER}) AS open, count(*) FILTER (WHERE ${OVER}) AS closed,
                     max(closed_on) FILTER (WHERE ${OVER}) AS "lastClosedOn",
                     CASE WHEN bool_and(coalesce(opened_on > $5::text, false)) FILTER (WHERE NOT ${OVER})
                          THEN min(opened_on) FILTER (WHERE NOT ${OVER}) END AS "beginsOn"
              FROM involvement WHERE subject = ANY ($1::uuid[]) AND status IS DISTINCT FROM 'retracted'
              GROUP BY service, source) f) AS facts,
           (SELECT coalesce(json_agg(h), '[]') FROM (
              SELECT coalesce(source, '') AS source, min(parked_at) AS since FROM parked
              WHERE subject = ANY ($1::uuid[] || $3::uuid[]) GROUP BY source ORDER BY source) h) AS "heldBack",
           (SELECT coalesce(json_agg(w), '[]') FROM (
              SELECT DISTINCT service, source FROM involvement
              WHERE subject = ANY ($4::uuid[]) AND status IS DISTINCT FROM 'retracted') w) AS withheld,
           (SELECT coalesce(json_agg(l), '[]') FROM (
              SELECT subject, other_subject AS other, relationship, started_on AS "startedOn",
                     coalesce(parental_responsibility, false) AS "parentalResponsibility", coalesce(main_carer, false) AS "mainCarer",
                     greatest(described_at, status_at) AS "statedAt"
              FROM relationship
              WHERE source = $2 AND status = 'linked' AND other_subject IS NOT NULL
                AND (subject = ANY ($1::uuid[]) OR other_subject = ANY ($1::uuid[]))) l) AS links`,
};
