import type { SourceEventInput } from '#lib/events';
import type { Day } from './days.js';
import { makeFamily } from './families/make-family.js';
import type { Family, Person } from './families/person.js';
import type { Draft } from './history/draft.js';
import { inOrder } from './history/in-order.js';
import { involvementEvents } from './history/involvement-events.js';
import { personEvents } from './history/person-events.js';
import { relationshipEvents } from './history/relationship-events.js';
import { recordsOf, type SourceRecord } from './history/source-record.js';
import { Random } from './random.js';
import { staffTeam, type Team } from './staff/team.js';
import { SYSTEMS } from './systems/systems.js';

export interface TownPlan {
  seed: string;
  /** The day the town is reckoned from; nothing in its history happens on or after it. */
  today: Day;
  /** About 3.3 people and 20 events each; at most 18,000. */
  families?: number;
  /** Families are numbered from here, so that towns of one seed can be put side by side. */
  firstFamily?: number;
}

/** Northbridge: who lives there, what every system knows of them, and all that its systems have to tell. */
export interface Town {
  plan: Required<TownPlan>;
  families: Family[];
  /** The truth: which records are of one person. */
  records: SourceRecord[];
  teams: ReadonlyMap<string, readonly Team[]>;
  /** By source, in the order it happened. */
  history: ReadonlyMap<string, SourceEventInput[]>;
}

export const NORTHBRIDGE_FAMILIES = 3000;

/** Makes the town. The same plan gives the same town, byte for byte. */
export function makeTown({ seed, today, families: count = NORTHBRIDGE_FAMILIES, firstFamily = 0 }: TownPlan): Town {
  const chance = new Random(seed);
  const teams = new Map(
    SYSTEMS.map(({ source, teams }) => [
      source,
      teams.map((plan) => staffTeam(plan, chance.fork('team', source, plan.organisation, plan.name))),
    ]),
  );
  const families = Array.from({ length: count }, (_, i) => makeFamily(firstFamily + i, chance.fork('family', firstFamily + i), today));
  if (firstFamily === 0) nameAfterAReader(families);
  const records: SourceRecord[] = [];
  const drafts = new Map<string, Draft[]>(SYSTEMS.map(({ source }) => [source, []]));
  for (const family of families) {
    const caseIds = new Map<Person, string>();
    const elsewhere = new Set<Person>();
    for (const system of SYSTEMS) {
      const there = chance.fork('system', system.source, family.number);
      const known = recordsOf(system, family, { chance: there, today, teams: teams.get(system.source)!, caseIds, elsewhere });
      if (system.source === 'mosaic') for (const { person, recordId } of known) caseIds.set(person, caseIds.get(person) ?? recordId);
      for (const { person } of known) elsewhere.add(person);
      records.push(...known);
      const told = drafts.get(system.source)!;
      for (const record of known)
        told.push(...personEvents(record, system, there, today), ...involvementEvents(record, system, there, today));
      if (system.keepsRelationships) told.push(...relationshipEvents(family, known, there));
    }
  }
  const history = new Map([...drafts].map(([source, told]) => [source, inOrder(told)]));
  return { plan: { seed, today, families: count, firstFamily }, families, records, teams, history };
}

/** The surname of a colleague who looks things up (joseph.mensah of the rehearsals), and nobody else’s in the town: so that a rule has a relative to find. */
export const A_READERS_SURNAME = 'Mensah';

function nameAfterAReader(families: readonly Family[]): void {
  const family = families.find(({ people: [first, ...others] }) =>
    [first!, ...others].every(
      ({ name, formerNames, restricted }) => name.family === first!.name.family && formerNames.length === 0 && !restricted,
    ),
  );
  for (const person of family?.people ?? []) person.name = { ...person.name, family: A_READERS_SURNAME };
}
