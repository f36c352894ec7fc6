import type { Snapshot, Statement } from '../snapshot.js';
import { readPeopleOfRecords } from '../view-person/read-people.js';

/** Whose these records are now: a replaced one is whose the record is that replaced it, a removed one stays whose it was. One that is nobody's is left out. */
export async function ownersOf(snapshot: Snapshot, subjects: string[]): Promise<Map<string, string>> {
  const { personOf } = await readPeopleOfRecords(snapshot, subjects);
  const assigned = await snapshot.rows<{ subject: string; person: string }>(ASSIGNED, [subjects]);
  const personAssigned = new Map(assigned.map(({ subject, person }) => [subject, person]));
  const owners = subjects.map((subject) => [subject, personOf(subject) ?? personAssigned.get(subject)] as const);
  return new Map(owners.filter((owner): owner is [string, string] => owner[1] !== undefined));
}

const ASSIGNED: Statement = {
  name: 'owners-of-records',
  text: 'SELECT subject, person FROM record_person WHERE subject = ANY ($1::uuid[])',
};
