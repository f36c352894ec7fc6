import { z } from 'zod';
import type { Look } from '../audited-query.js';
import { listedInOrder } from '../search-people/listed-apart.js';
import { listedPerson } from '../search-people/listed-person.js';
import type { Snapshot } from '../snapshot.js';
import { type KnownPerson, mayBeShown } from './known-person.js';
import { mayBeSame } from './may-be-same.js';
import { readPeople } from './read-people.js';

/** Somebody who may be the same person although matching kept them apart. `words`: "WILLIAMS, Tommy, born 12 May 2012 (Mosaic 249012)", no two of one list alike. */
export const PossibleDuplicate = z.object({ person: z.guid(), words: z.string() }).meta({ id: 'PossibleDuplicate' });
export type PossibleDuplicate = z.output<typeof PossibleDuplicate>;

/** Those of the people named whom a reader may see, and has not said to know, and who may be this person; nobody is asked for where there is none. */
export async function possibleDuplicatesOf(snapshot: Snapshot, person: KnownPerson, persons: string[]): Promise<PossibleDuplicate[]> {
  if (persons.length === 0) return [];
  const others = [...(await readPeople(snapshot, persons)).byId.values()].filter((other) => mayBeShown(other) && !other.knownToReader);
  const alike = others.filter((other) => other.person !== person.person && mayBeSame(person, other, snapshot.authority));
  for (const other of alike) snapshot.madeOf(other.person, other.subjects);
  return listedInOrder(alike.map((other) => listedPerson(other, snapshot))).map(({ person, words }) => ({ person, words }));
}

/** @param shown on which page; `evidence`: with what speaks for and against their being the same person */
export const duplicateLooks = (
  of: string | null,
  duplicates: readonly PossibleDuplicate[],
  shown: { page: 'person' } | { page: 'why'; evidence: true },
): Look[] => duplicates.map(({ person }) => ({ action: 'shown-in-results', person, found: true, shown: { ...shown, of } }));
