import { silentSources } from '../authority.js';
import type { Snapshot } from '../snapshot.js';
import { chainEndsOf } from './chain-ends.js';
import { apartByDoubt, type DoubtOf } from './doubted-records.js';
import type { StoredAddress, StoredRecord } from './stored-record.js';
import { apartByAge } from './age-rule.js';

/** A person as put together from records: what may be shown, and the subjects whose facts are theirs. */
export interface KnownPerson {
  person: string;
  /** Described, present, not replaced and of a source that may tell of somebody of this age: what the identity is read from. */
  records: StoredRecord[];
  /** The same of services that are not shown at this age: they count for how old somebody is and when they died, and for nothing else. */
  ofOtherAges: StoredRecord[];
  /** And of sources that tell nothing of anybody: an address confidential to them is shown nowhere, and nothing else of them counts. */
  silent: StoredRecord[];
  /** And of those that a reader has doubted to be theirs, while their facts are held back: no more than silent ones. */
  doubted: StoredRecord[];
  /** Doubts that count, of whichever of their records. */
  doubts: DoubtOf[];
  /** The reader's own that are open, whether or not they count: alone, a record is nobody's wrong match. */
  ownDoubts: DoubtOf[];
  /** Subject tokens of the records whose facts are shown, and of all those replaced by them. */
  subjects: string[];
  /** Of the doubted. */
  withheld: string[];
  /** Those of records their source has removed: nothing of them is shown, but what is held back may bring them back. */
  removed: string[];
  /** A record of theirs is restricted: they must look exactly like somebody absent. */
  restricted: boolean;
  /** The reader has said to know them: no state of theirs is told, on whosever page. */
  knownToReader: boolean;
}

export interface KnownPeople {
  byId: Map<string, KnownPerson>;
  /** Person ids whose records were all replaced by another person's: look there instead. */
  movedTo: Map<string, string>;
  /** The record that each record's facts belong to. */
  ends: Map<string, string>;
}

/**
 * Puts people together from a complete group of records (every record linked by replacement or by person to another is in it). Records of sources
 * that tell nothing, of anybody or at this age, are set apart; a restriction of theirs counts all the same. Of whoever cares for somebody hidden, every address
 * is confidential.
 */
export function gatherPeople(rows: readonly StoredRecord[], { authority, now }: Pick<Snapshot, 'authority' | 'now'>): KnownPeople {
  const silent = silentSources(authority);
  const ends = chainEndsOf(rows);
  const personOf = new Map(rows.map(({ subject, person }) => [subject, person]));
  const carers = new Set(rows.filter((row) => row.caresInHiding).flatMap((row) => [row.person, personOf.get(ends.get(row.subject)!)]));
  const people: KnownPeople = { byId: new Map(), movedTo: new Map(), ends };
  const known = (person: string): KnownPerson => {
    const found = people.byId.get(person) ?? {
      person,
      records: [],
      ofOtherAges: [],
      silent: [],
      doubted: [],
      doubts: [],
      ownDoubts: [],
      subjects: [],
      withheld: [],
      removed: [],
      restricted: false,
      knownToReader: false,
    };
    people.byId.set(person, found);
    return found;
  };
  for (const row of rows) {
    const end = ends.get(row.subject)!;
    const owner = personOf.get(end) ?? null;
    // A replaced record's restriction counts for both: for whom it was assigned to and for whom its facts belong to.
    for (const person of new Set([row.person, owner])) {
      if (person !== null && row.restricted) known(person).restricted = true;
      if (person !== null && row.knownToReader) known(person).knownToReader = true;
    }
    if (row.person !== null && owner !== null && row.person !== owner) people.movedTo.set(row.person, owner);
    if (owner === null) continue;
    const removed = isRemoved(rows, end);
    known(owner)[removed ? 'removed' : 'subjects'].push(row.subject);
    if (removed) continue;
    if (row.subject !== end || !row.described) continue;
    known(owner)[silent.includes(row.source) ? 'silent' : 'records'].push(carers.has(owner) ? withAddressesHidden(row) : row);
  }
  for (const person of people.byId.values()) {
    Object.assign(person, apartByDoubt(person, rows, ends));
    Object.assign(person, apartByAge(person.records, authority, now));
  }
  return people;
}

/** Whether anything of this person may be shown. */
export const mayBeShown = (person: KnownPerson | undefined): person is KnownPerson =>
  person !== undefined && !person.restricted && person.records.length > 0;

/** What is left of a confidential address. */
export const HIDDEN: StoredAddress = { lines: [], postcode: null, uprn: null, from: null, to: null, kind: 'other', confidential: true };
const withAddressesHidden = (row: StoredRecord): StoredRecord => ({ ...row, addresses: [HIDDEN] });

const isRemoved = (rows: readonly StoredRecord[], subject: string) => rows.find((row) => row.subject === subject)?.present === false;
