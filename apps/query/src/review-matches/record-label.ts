import type { Authority } from '../authority.js';
import { sourceWords } from '../doubt-record/record-words.js';
import type { PeopleOfRecords } from '../view-person/read-people.js';
import type { KnownPerson } from '../view-person/known-person.js';
import type { StoredRecord } from '../view-person/stored-record.js';

/** How a steward is told whose record it is. */
export const SENSITIVE = 'A sensitive service';

/** A record of a pair with whose it is. */
export interface OwnedRecord {
  record: StoredRecord;
  person: KnownPerson;
  /** "School: Synergy"; of a service that readers are told nothing of, or not at this age, no more than that it is one. */
  label: string;
}

/** The record with this token, where a steward may see it: it is there, and of somebody who is neither restricted nor known to the reader. */
export function ownedRecord(people: PeopleOfRecords, subject: string, authority: Authority): OwnedRecord | null {
  const person = people.byId.get(people.ownerOf(subject) ?? '');
  if (person === undefined || person.restricted || person.knownToReader) return null;
  const told = [...person.records, ...person.doubted].find((record) => record.subject === subject);
  const record = told ?? [...person.ofOtherAges, ...person.silent].find((one) => one.subject === subject);
  if (record === undefined) return null;
  return { record, person, label: told ? sourceWords(told, authority) : SENSITIVE };
}
