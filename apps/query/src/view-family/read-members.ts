import type { Snapshot } from '../snapshot.js';
import { heldBackWordsOf } from '../view-person/held-back.js';
import { identityOf } from '../view-person/identity-of.js';
import type { KnownPerson } from '../view-person/known-person.js';
import { panelOf } from '../view-person/panels-of.js';
import type { PersonIdentity } from '../view-person/person-identity.js';
import { readPossibleMatches } from '../view-person/possible-matches.js';
import { readFacts } from '../view-person/read-facts.js';
import { readRelatives } from '../view-person/relatives-of.js';
import type { ServicePanel } from '../view-person/service-panel.js';

/** One of a family: the person asked for, or somebody linked to them. */
export interface Member {
  known: KnownPerson;
  identity: PersonIdentity;
  /** What they are to the person asked for; empty for that person. */
  relationshipWords: string[];
  /** A closed panel for every service, in the authority's order. */
  panels: ServicePanel[];
  heldBackWords: string | null;
}

/** A person and whoever is linked to them in the case management system, each with the state of every service. Who may not be seen is left out. */
export async function readMembers(snapshot: Snapshot, person: KnownPerson): Promise<Member[]> {
  const relatives = Map.groupBy(await readRelatives(snapshot, person, readFacts(snapshot, person)), ({ known }) => known);
  const related = [...relatives].map(([known, links]) =>
    memberOf(snapshot, known, [...new Set(links.map(({ relative }) => relative.relationshipWords))]),
  );
  return Promise.all([memberOf(snapshot, person, []), ...related]);
}

async function memberOf(snapshot: Snapshot, known: KnownPerson, relationshipWords: string[]): Promise<Member> {
  const identity = identityOf(known, snapshot.authority, snapshot.now);
  const [facts, possibleMatches] = await Promise.all([readFacts(snapshot, known), readPossibleMatches(snapshot, known)]);
  const panels = snapshot.authority.services
    .filter(({ display }) => display !== 'hidden')
    .map((rule) => panelOf(rule, snapshot, known, identity, { ...facts, possibleMatches }));
  return { known, identity, relationshipWords, panels, heldBackWords: heldBackWordsOf(known, facts, panels, snapshot) };
}
