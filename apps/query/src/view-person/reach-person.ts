import type { Snapshot, Statement } from '../snapshot.js';
import { isChild } from './counts-as-child.js';
import type { KnownPerson } from './known-person.js';
import { hasMoved, type MovedPerson } from './moved-person.js';
import { readPerson } from './read-person.js';
import type { Asked } from './way.js';

/**
 * The person that was asked for, where the way taken leads to them; where they went if an id is no longer used; or null: by this way nobody
 * may be seen. Child first, a way leads to a child, and one hop on to who is linked to that child in the case management system.
 */
export async function reachPerson(snapshot: Snapshot, { person, child }: Asked): Promise<KnownPerson | MovedPerson | null> {
  const { journeys } = snapshot.authority;
  const first = child ?? (journeys.includes('search-any') ? null : person);
  if (first === null) return readPerson(snapshot, person);
  if (!journeys.includes('child-first')) return null;
  const [there, from] = await Promise.all([settled(snapshot, person), first === person ? null : settled(snapshot, first)]);
  const through = first === person ? there : from;
  if (there === null || through === null) return null;
  // Whoever is restricted is read past the separate way in alone, and that leads to adults as well.
  const overridden = first === person && there.restricted;
  if (!overridden && !(await isChild(snapshot, through))) return null;
  if (there.person !== through.person && !(await areLinked(snapshot, there, through))) return null;
  if (there.person === person && through.person === first) return there;
  return { movedTo: there.person, child: child && through.person };
}

/** Whoever has that id, or whom it now leads to. */
async function settled(snapshot: Snapshot, id: string | null): Promise<KnownPerson | null> {
  const found = await readPerson(snapshot, id);
  if (found === null || !hasMoved(found)) return found;
  const there = await readPerson(snapshot, found.movedTo);
  return there === null || hasMoved(there) ? null : there;
}

async function areLinked(snapshot: Snapshot, one: KnownPerson, other: KnownPerson): Promise<boolean> {
  const [read] = await snapshot.rows<{ linked: boolean }>(LINKED, [one.subjects, other.subjects, snapshot.authority.caseManagementSystem]);
  return read!.linked;
}

const LINKED: Statement = {
  name: 'are-linked',
  text: `
    SELECT EXISTS (
      SELECT FROM relationship
      WHERE source = $3 AND status = 'linked'
        AND (subject = ANY ($1::uuid[]) AND other_subject = ANY ($2::uuid[])
             OR subject = ANY ($2::uuid[]) AND other_subject = ANY ($1::uuid[]))) AS linked`,
};
