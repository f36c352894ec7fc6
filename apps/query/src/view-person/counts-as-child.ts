import { RELATIONSHIPS, type RelationshipType } from '#lib/events';
import { birthSaid, isEstimatedSql } from '#lib/matching';
import { type Authority, silentSources } from '../authority.js';
import { londonDay } from '../day-words.js';
import type { Snapshot, Statement } from '../snapshot.js';
import type { KnownPerson } from './known-person.js';

/** What only grown people are to others. */
const GROWN_UP: readonly RelationshipType[] = [
  'parent',
  'step-parent',
  'grandparent',
  'foster-carer',
  'private-foster-carer',
  'adoptive-parent',
  'special-guardian',
  'support-carer',
  'spouse',
  'ex-spouse',
];
const TO_THEM = Object.entries(RELATIONSHIPS).flatMap(([code, { inverse }]) => (GROWN_UP.includes(inverse) ? [code] : []));
const listed = (codes: readonly string[]) => codes.map((code) => `'${code}'`).join();

/** Services shown only from this age on speak of grown people. */
const ADULT_SERVICES_FROM = 16;

/** What `countsAsChild` is reckoned with: today in London, silent sources, sources of services for adults, the case management system. */
export function childRuleOf(authority: Authority, now: number): [day: string, silent: string[], adult: string[], system: string] {
  const forAdults = authority.services.filter(({ fromAge = 0 }) => fromAge >= ADULT_SERVICES_FROM).map(({ service }) => service);
  const adult = authority.sources.filter(({ service }) => forAdults.includes(service)).map(({ id }) => id);
  return [londonDay(now), silentSources(authority), adult, authority.caseManagementSystem];
}

/**
 * SQL: whether a person counts as a child on a day (decision 0018): some source's date of birth, as precise as it is, a guess as its year, lets them be unborn or
 * under 18 then (or when they died); or no source has one, and none knows them as grown up.
 * @param person expression of a person id; the others are parameters, as `childRuleOf` lists them
 */
export function countsAsChild(person: string, day: string, silent: string, adult: string, system: string): string {
  const records = `FROM record_person cp JOIN record c ON c.subject = cp.subject
                   WHERE cp.person = ${person} AND c.present AND NOT c.source = ANY (${silent}::text[])`;
  const yearsBefore = (from: string) => `(left(${from}, 4)::int - 18)::text || substr(${from}, 5)`;
  const born = birthSaid('c.date_of_birth');
  const turned18 = `CASE WHEN c.deceased_on < ${day}::text THEN ${yearsBefore('c.deceased_on')} ELSE ${yearsBefore(`${day}::text`)} END`;
  return `(
      EXISTS (SELECT ${records} AND ((${born}) > ${turned18}
                OR length(c.date_of_birth) < 10 AND c.date_of_birth = left(${turned18}, length(c.date_of_birth))
                OR ${isEstimatedSql('c')} AND left(${born}, 4) = left(${turned18}, 4)))
      OR NOT EXISTS (SELECT ${records} AND ((${born}) IS NOT NULL OR c.source = ANY (${adult}::text[])
                OR EXISTS (SELECT FROM relationship l WHERE l.source = ${system}::text AND l.status = 'linked'
                           AND (l.other_subject = c.subject AND l.relationship IN (${listed(GROWN_UP)})
                                OR l.subject = c.subject AND l.relationship IN (${listed(TO_THEM)}))))))`;
}

/** Whether this person counts as a child today. */
export const isChild = async (snapshot: Snapshot, { person }: KnownPerson): Promise<boolean> =>
  (await childrenAmong(snapshot, [person])).has(person);

/** Which of these people count as children today; by their ids. */
export async function childrenAmong(snapshot: Snapshot, persons: string[]): Promise<Set<string>> {
  const rows = await snapshot.rows<{ person: string }>(CHILDREN, [persons, ...childRuleOf(snapshot.authority, snapshot.now)]);
  return new Set(rows.map(({ person }) => person));
}

const CHILDREN: Statement = {
  name: 'count-as-children',
  text: `SELECT person FROM unnest($1::uuid[]) AS asked (person) WHERE ${countsAsChild('asked.person', '$2', '$3', '$4', '$5')}`,
};
