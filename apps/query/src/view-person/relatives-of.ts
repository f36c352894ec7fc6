import { RELATIONSHIPS, type RelationshipType } from '#lib/events';
import type { Look } from '../audited-query.js';
import { caseManagementOf } from '../authority.js';
import type { Snapshot } from '../snapshot.js';
import { nameAndBirthOf } from './identity-of.js';
import { type KnownPerson, mayBeShown } from './known-person.js';
import type { StoredLink } from './read-facts.js';
import { readPeopleOfRecords } from './read-people.js';
import type { Relative } from './relative.js';

const ORDER = Object.keys(RELATIONSHIPS);

/** The individuals linked to a person in the case management system, from whichever side the link was stated. Who may not be seen is left out. */
export async function relativesOf(snapshot: Snapshot, person: KnownPerson, links: StoredLink[]): Promise<Relative[]> {
  if (links.length === 0) return [];
  const mine = new Set(person.subjects);
  const people = await readPeopleOfRecords(
    snapshot,
    [...new Set(links.flatMap(({ subject, other }) => [subject, other]))].filter((token) => !mine.has(token)),
  );
  const found = new Map<string, Relative>();
  for (const link of links) {
    const stated = mine.has(link.subject);
    const relative = people.byId.get(people.personOf(stated ? link.other : link.subject) ?? '');
    if (!mayBeShown(relative) || relative.person === person.person) continue;
    const shown = shownAs(link, stated, relative, snapshot);
    const key = `${shown.person} ${shown.relationship}`;
    found.set(key, merged(found.get(key), shown));
    snapshot.madeOf(relative.person, relative.subjects);
  }
  return [...found.values()].toSorted(
    (a, b) =>
      Number(b.mainCarer) - Number(a.mainCarer) ||
      ORDER.indexOf(a.relationship) - ORDER.indexOf(b.relationship) ||
      (b.birth?.date ?? '').localeCompare(a.birth?.date ?? '') ||
      a.title.localeCompare(b.title, 'en-GB'),
  );
}

/** @param stated the link was stated of the person viewed; else it is read backwards, and its flags belong to the other side. */
function shownAs(link: StoredLink, stated: boolean, relative: KnownPerson, { authority, now }: Snapshot): Relative {
  // A code that a newer writer knows and this reader does not is no reason to show nothing.
  const type = isKnown(link.relationship) ? link.relationship : 'other';
  const relationship: RelationshipType = stated ? type : RELATIONSHIPS[type].inverse;
  return {
    ...nameAndBirthOf(relative, authority, now),
    relationship,
    relationshipWords: RELATIONSHIPS[relationship].label,
    mainCarer: stated && link.mainCarer,
    parentalResponsibility: stated && link.parentalResponsibility,
    isTheirMainCarer: !stated && link.mainCarer,
    hasResponsibilityForThem: !stated && link.parentalResponsibility,
    startedOn: link.startedOn,
    database: caseManagementOf(authority).name,
    statedAt: link.statedAt,
  };
}

const isKnown = (code: string): code is RelationshipType => Object.hasOwn(RELATIONSHIPS, code);

/** The same link stated from both sides is shown once, with what either side says. */
function merged(left: Relative | undefined, right: Relative): Relative {
  if (left === undefined) return right;
  return {
    ...left,
    mainCarer: left.mainCarer || right.mainCarer,
    parentalResponsibility: left.parentalResponsibility || right.parentalResponsibility,
    isTheirMainCarer: left.isTheirMainCarer || right.isTheirMainCarer,
    hasResponsibilityForThem: left.hasResponsibilityForThem || right.hasResponsibilityForThem,
    startedOn: left.startedOn ?? right.startedOn,
    statedAt: Math.max(left.statedAt, right.statedAt),
  };
}

/** One record for the person viewed and one for every relative shown with them. */
export function relationshipLooks(person: string | null, related: readonly Relative[]): Look[] {
  const action = 'viewed-relationships';
  return [
    { action, person, found: related.length > 0, shown: { related: related.length } },
    ...related.map((relative): Look => ({
      action,
      person: relative.person,
      found: true,
      shown: { of: person, as: relative.relationship },
    })),
  ];
}
