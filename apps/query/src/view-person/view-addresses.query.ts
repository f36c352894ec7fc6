import { type IQueryHandler, QueryHandler } from '@nestjs/cqrs';
import { z } from 'zod';
import { AuditedQuery, type Look } from '../audited-query.js';
import { snapshotOf } from '../snapshot.js';
import { identityOf } from './identity-of.js';
import { hasMoved, MovedPerson } from './moved-person.js';
import { PersonIdentity } from './person-identity.js';
import { printLooks } from './print-looks.js';
import { reachPerson } from './reach-person.js';
import { type Asked, askedFor, type Way } from './way.js';

/** Who the person is, with every address that may be shown: `address` is where they live as far as known. */
export const Addresses = z.object({ identity: PersonIdentity }).meta({ id: 'Addresses' });
export type Addresses = z.output<typeof Addresses>;

/** Where is this person recorded, by whom and since when? Null: by this way nobody may be seen. */
export class ViewAddresses extends AuditedQuery<Addresses | MovedPerson | null> implements Asked {
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

  looks(result: Addresses | MovedPerson | null): Look[] {
    const [action, page] = ['viewed-person', 'addresses'] as const;
    if (result === null) return [{ action, person: this.person, found: false, shown: { page } }];
    if (hasMoved(result)) return [{ action, person: this.person, found: false, shown: { page, ...result } }];
    const { address, otherAddresses } = result.identity;
    const shown = { page, addresses: otherAddresses.length + (address ? 1 : 0) };
    return [{ action, person: this.person, found: true, shown }, ...printLooks(this.way, this.person, page)];
  }
}

@QueryHandler(ViewAddresses)
export class ViewAddressesHandler implements IQueryHandler<ViewAddresses> {
  async execute(query: ViewAddresses): Promise<Addresses | MovedPerson | null> {
    const snapshot = snapshotOf(query);
    const person = await reachPerson(snapshot, query);
    if (person === null || hasMoved(person)) return person;
    return { identity: identityOf(person, snapshot.authority, snapshot.now) };
  }
}
