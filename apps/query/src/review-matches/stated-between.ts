import { RELATIONSHIPS, relationshipWords } from '#lib/events';
import { caseManagementOf } from '../authority.js';
import type { Snapshot, Statement } from '../snapshot.js';
import type { StoredLink } from '../view-person/read-facts.js';
import { isRelationship } from '../view-person/relatives-of.js';
import type { OwnedRecord } from './record-label.js';

/**
 * What the case management system states that the first's person is to the second's: it may say outright that they are mother and daughter. Of two records of one
 * person: what it states of these two. Nothing where it may not be told that it knows either. The records of which it is stated are on record with the pair.
 */
export async function readStated(snapshot: Snapshot, sides: readonly [OwnedRecord, OwnedRecord]): Promise<string[]> {
  const { id, name } = caseManagementOf(snapshot.authority);
  if (!sides.every(({ person }) => person.records.some(({ source }) => source === id))) return [];
  const [first, second] = sides;
  const onePerson = first.person === second.person;
  const [of, to] = sides.map(({ record, person }) => (onePerson ? [record.subject] : person.subjects)) as [string[], string[]];
  const links = await snapshot.rows<Pick<StoredLink, 'subject' | 'other' | 'relationship'>>(BETWEEN, [id, of, to]);
  const stated = new Set(links.flatMap(({ subject, other }) => [subject, other]));
  for (const { person, subjects } of new Set(sides.map((side) => side.person)))
    snapshot.madeOf(person, [...stated.intersection(new Set(subjects)).union(new Set(snapshot.subjectsOf.get(person)))]);
  const said = links.map(({ relationship, subject }) => {
    const type = isRelationship(relationship) ? relationship : 'other';
    // Stated of the first it is what the second is to them.
    return relationshipWords(of.includes(subject) ? RELATIONSHIPS[type].inverse : type, first.record.gender);
  });
  return [...new Set(said)].map(
    (words) => `${name} says what the person of the first record is to the person of the second: ${words.toLocaleLowerCase('en-GB')}.`,
  );
}

const BETWEEN: Statement = {
  name: 'stated-between',
  text: `
    SELECT subject, other_subject AS other, relationship FROM relationship
    WHERE source = $1 AND status = 'linked' AND subject = ANY ($2::uuid[]) AND other_subject = ANY ($3::uuid[])
    UNION ALL
    SELECT subject, other_subject, relationship FROM relationship
    WHERE source = $1 AND status = 'linked' AND subject = ANY ($3::uuid[]) AND other_subject = ANY ($2::uuid[])`,
};
