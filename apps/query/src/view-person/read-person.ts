import type { Snapshot } from '../snapshot.js';
import { type KnownPerson, mayBeShown } from './known-person.js';
import type { MovedPerson } from './moved-person.js';
import { readAround } from './read-around.js';
import { readPeople } from './read-people.js';
import { redirectsOf } from './redirects-of.js';
import { partsOf } from './split-person.js';

/** The person of that id, where they went if the id is no longer used, or null: nobody of that id may be seen. */
export async function readPerson(snapshot: Snapshot, id: string | null): Promise<KnownPerson | MovedPerson | null> {
  if (id === null) return null;
  const around = await readAround(snapshot, id);
  const { people } = around;
  const person = people.byId.get(id);
  const restricted = person?.restricted === true;
  const overridden = person?.restricted === true && snapshot.overriding === id;
  if (person !== undefined && mayBeShown(overridden ? { ...person, restricted: false } : person)) {
    snapshot.madeOf(id, person.subjects);
    return person;
  }
  // A restricted person is looked up no further than an absent one, and no less.
  const redirects = (await redirectsOf(snapshot, [people.movedTo.get(id) ?? id])).map((row) => row.person);
  const there = await readPeople(snapshot, redirects);
  const into = redirects.findLast((person) => mayBeShown(there.byId.get(person)));
  // The redirect goes to where most records went; whose they are now is told by the records themselves.
  const parts = person === undefined ? partsOf(around, id).map(({ known }) => known.person) : [];
  const movedTo = parts.length === 0 || (into !== undefined && parts.includes(into)) ? into : parts[0];
  if (movedTo === undefined || restricted) return null;
  return { movedTo, child: null, ...(parts.length > 1 && { split: true }) };
}
