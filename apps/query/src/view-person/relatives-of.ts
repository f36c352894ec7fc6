import { RELATIONSHIPS, type RelationshipType, relationshipWords } from '#lib/events';
import type { Look } from '../audited-query.js';
import { caseManagementOf } from '../authority.js';
import type { Snapshot } from '../snapshot.js';
import { genderOf, nameAndBirthOf } from './identity-of.js';
import { type KnownPerson, mayBeShown } from './known-person.js';
import type { PersonFacts, StoredLink } from './read-facts.js';
import { readAround } from './read-around.js';
import type { ReachedFrom, Relative } from './relative.js';

const ORDER = Object.keys(RELATIONSHIPS);

/** A relative with all that is known of them. */
export interface KnownRelative {
  relative: Relative;
  known: KnownPerson;
}

/** The individuals linked to a person in the case management system. Who may not be seen is left out. @param facts being read meanwhile */
export async function relativesOf(snapshot: Snapshot, person: KnownPerson, facts: Promise<Linked>): Promise<Relative[]> {
  return (await readRelatives(snapshot, person, facts)).map(({ relative }) => relative);
}

type Linked = Pick<PersonFacts, 'links'>;

/** The same, each with what they are made of; from whichever side the link was stated. */
export async function readRelatives(snapshot: Snapshot, person: KnownPerson, facts: Promise<Linked>): Promise<KnownRelative[]> {
  const [{ people }, { links }] = await Promise.all([readAround(snapshot, person.person), facts]);
  const mine = new Set(person.subjects);
  const found = new Map<string, KnownRelative>();
  for (const link of links) {
    const stated = mine.has(link.subject);
    const known = people.byId.get(people.personOf(stated ? link.other : link.subject) ?? '');
    if (!mayBeShown(known) || known.person === person.person) continue;
    const shown = shownAs(link, stated, known, person, snapshot);
    const key = `${shown.person} ${shown.relationship}`;
    found.set(key, { relative: merged(found.get(key)?.relative, shown), known });
    snapshot.madeOf(known.person, known.subjects);
  }
  return [...found.values()].toSorted(({ relative: a }, { relative: b }) => inOrder(a, b));
}

const inOrder = (a: Relative, b: Relative): number =>
  Number(b.mainCarer) - Number(a.mainCarer) ||
  ORDER.indexOf(a.relationship) - ORDER.indexOf(b.relationship) ||
  (b.birth?.date ?? '').localeCompare(a.birth?.date ?? '') ||
  a.title.localeCompare(b.title, 'en-GB');

/** What the person viewed is to the one of their relatives they were reached from. */
export function reachedFrom(relatives: readonly Relative[], child: string | null): ReachedFrom | null {
  const links = relatives.filter(({ person }) => person === child);
  const [first] = links;
  return first === undefined
    ? null
    : { person: first.person, title: first.title, relationshipWords: [...new Set(links.map(({ inverseWords }) => inverseWords))] };
}

/** @param stated the link was stated of the person viewed; else it is read backwards, and its flags belong to the other side. */
function shownAs(link: StoredLink, stated: boolean, relative: KnownPerson, viewed: KnownPerson, snapshot: Snapshot): Relative {
  const { authority, now } = snapshot;
  // A code that a newer writer knows and this reader does not is no reason to show nothing.
  const type = isRelationship(link.relationship) ? link.relationship : 'other';
  const { inverse } = RELATIONSHIPS[type];
  const [relationship, back]: [RelationshipType, RelationshipType] = stated ? [type, inverse] : [inverse, type];
  return {
    ...nameAndBirthOf(relative, authority, now),
    relationship,
    relationshipWords: relationshipWords(relationship, genderOf(relative, authority)),
    inverseWords: relationshipWords(back, genderOf(viewed, authority)),
    mainCarer: stated && link.mainCarer,
    parentalResponsibility: stated && link.parentalResponsibility,
    isTheirMainCarer: !stated && link.mainCarer,
    hasResponsibilityForThem: !stated && link.parentalResponsibility,
    startedOn: link.startedOn,
    database: caseManagementOf(authority).name,
    statedAt: link.statedAt,
  };
}

export const isRelationship = (code: string): code is RelationshipType => Object.hasOwn(RELATIONSHIPS, code);

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

/** One hop from a child: that this is who they are to that child. */
export const reachedLook = (person: string | null, { person: of }: ReachedFrom): Look => ({
  action: 'viewed-relationships',
  person,
  found: true,
  shown: { of },
});

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
