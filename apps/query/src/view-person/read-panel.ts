import type { ServiceShown } from '../authority.js';
import type { Snapshot } from '../snapshot.js';
import { identityOf } from './identity-of.js';
import type { KnownPerson } from './known-person.js';
import { hasMoved, type MovedPerson } from './moved-person.js';
import { panelOf } from './panels-of.js';
import type { PersonIdentity } from './person-identity.js';
import { NO_MATCHES, type PossibleMatches, readPossibleMatches } from './possible-matches.js';
import { reachPerson } from './reach-person.js';
import { readFacts } from './read-facts.js';
import { readInvolvements, type StoredInvolvement } from './read-involvements.js';
import { isSaidWhoeverIsAlike, type ServicePanel } from './service-panel.js';
import type { Asked } from './way.js';

export interface ReadPanel {
  rule: ServiceShown;
  person: KnownPerson;
  identity: PersonIdentity;
  panel: ServicePanel;
  /** Empty where the panel may not be opened. */
  involvements: StoredInvolvement[];
}

/** One service's panel of a person with what it opens on. Null: nobody of that id, or no such service, may be seen. */
export async function readPanel(snapshot: Snapshot, asked: Asked & { service: string }): Promise<ReadPanel | MovedPerson | null> {
  const rule = snapshot.authority.services.find(({ service, display }) => service === asked.service && display !== 'hidden');
  const person = rule === undefined ? null : await reachPerson(snapshot, asked);
  if (rule === undefined || person === null || hasMoved(person)) return person as MovedPerson | null;
  const identity = identityOf(person, snapshot.authority, snapshot.now);
  const [facts, stored] = await Promise.all([readFacts(snapshot, person), readInvolvements(snapshot, person.subjects, rule)]);
  const panelWith = (possibleMatches: PossibleMatches) => panelOf(rule, snapshot, person, identity, { ...facts, possibleMatches });
  const alone = panelWith(NO_MATCHES);
  // By what is said, and by nothing else, it is decided whether more is asked: so the statements tell no more than the answer does.
  const panel = isSaidWhoeverIsAlike(alone.state) ? alone : panelWith(await readPossibleMatches(snapshot, person));
  return { rule, person, identity, panel, involvements: panel.canOpen ? stored : [] };
}
