import { type IQueryHandler, QueryHandler } from '@nestjs/cqrs';
import { z } from 'zod';
import { AuditedQuery, type Look } from '../audited-query.js';
import { caseManagementOf } from '../authority.js';
import { snapshotOf } from '../snapshot.js';
import { Birth, Death } from '../view-person/birth.js';
import { hasMoved, MovedPerson } from '../view-person/moved-person.js';
import { PersonIdentity } from '../view-person/person-identity.js';
import { printLooks } from '../view-person/print-looks.js';
import { reachPerson } from '../view-person/reach-person.js';
import { ServiceState } from '../view-person/service-panel.js';
import { type Asked, askedFor, isHop, type Way } from '../view-person/way.js';
import { type Member, readMembers } from './read-members.js';
import { readRecordedAt, RecordedAt } from './recorded-at.js';

/** One row of the grid: a person and the state of every service, and nothing more of it. */
export const FamilyMember = z
  .object({
    person: z.guid(),
    /** "WILLIAMS, Kate" */
    title: z.string(),
    birth: Birth.nullable(),
    ...Death.shape,
    /** "Mother"; empty for the person themself. */
    relationshipWords: z.array(z.string()),
    /** In the order of `services`. `heldBack`: something this service's source sent about them has not come through. `doubtWords`: as on its panel. */
    states: z.array(z.object({ service: z.string(), state: ServiceState, heldBack: z.boolean(), doubtWords: z.string().nullable() })),
    heldBackWords: z.string().nullable(),
  })
  .meta({ id: 'FamilyMember' });

/** People by services, states only. */
export const Family = z
  .object({
    identity: PersonIdentity,
    services: z.array(
      z.object({ service: z.string(), serviceName: z.string(), database: z.string(), late: z.boolean(), dropped: z.boolean() }),
    ),
    /** The person first, then who is linked to them. */
    members: z.array(FamilyMember),
    recordedAt: RecordedAt.nullable(),
    /** "Mosaic" */
    caseManagementSystem: z.string(),
  })
  .meta({ id: 'Family' });
export type Family = z.output<typeof Family>;

/** Which services are involved with this person and with each one linked to them? Null: by this way nobody may be seen. */
export class ViewFamily extends AuditedQuery<Family | MovedPerson | null> implements Asked {
  readonly data = 'basic-details';
  readonly person: string | null;
  readonly child: string | null;
  constructor(
    person: string,
    private readonly way: Way = {},
  ) {
    super();
    ({ person: this.person, child: this.child } = askedFor(person, way));
  }

  looks(result: Family | MovedPerson | null): Look[] {
    const action = 'viewed-person';
    if (result === null) return [{ action, person: this.person, found: false, shown: { page: 'family' } }];
    if (hasMoved(result)) return [{ action, person: this.person, found: false, shown: { page: 'family', ...result } }];
    const members = result.members.map(({ person, states }): Look => {
      const shown = Object.fromEntries(states.map(({ service, state }) => [service, state.kind]));
      return { action, person, found: true, shown: { page: 'family', of: this.person, states: shown } };
    });
    const others = (result.recordedAt?.people ?? []).filter(({ ofFamily }) => !ofFamily);
    const recorded = others.map(({ person }): Look => ({
      action: 'shown-in-results',
      person,
      found: true,
      shown: { page: 'family', of: this.person },
    }));
    return [...members, ...recorded, ...printLooks(this.way, this.person, 'family')];
  }
}

@QueryHandler(ViewFamily)
export class ViewFamilyHandler implements IQueryHandler<ViewFamily> {
  async execute(query: ViewFamily): Promise<Family | MovedPerson | null> {
    const snapshot = snapshotOf(query);
    const person = isHop(query) ? null : await reachPerson(snapshot, query);
    if (person === null || hasMoved(person)) return person;
    const members = await readMembers(snapshot, person);
    const [first] = members;
    // Child first, nobody is shown who is not linked to the child.
    const anybody = query.child === null && snapshot.authority.journeys.includes('search-any');
    return {
      identity: first!.identity,
      services: first!.panels.map(({ service, serviceName, database, lateWords, droppedWords }) => ({
        service,
        serviceName,
        database,
        late: lateWords.length > 0,
        dropped: droppedWords.length > 0,
      })),
      members: members.map(rowOf),
      recordedAt: await readRecordedAt(
        snapshot,
        members.map(({ known }) => known),
        anybody,
      ),
      caseManagementSystem: caseManagementOf(snapshot.authority).name,
    };
  }
}

function rowOf({ identity, relationshipWords, panels, heldBackWords }: Member): Family['members'][number] {
  const { person, title, birth, deceasedOn, diedWords } = identity;
  const states = panels.map(({ service, state, heldBack, doubtWords }) => ({ service, state, heldBack, doubtWords }));
  return { person, title, birth, deceasedOn, diedWords, relationshipWords, states, heldBackWords };
}
