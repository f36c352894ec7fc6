import { type IQueryHandler, QueryHandler } from '@nestjs/cqrs';
import { AuditedQuery, type Look } from '../audited-query.js';
import { snapshotOf } from '../snapshot.js';
import { readAround } from './read-around.js';
import { named, partsOf, splitLooks, type SplitPerson } from './split-person.js';

/** Whose are the records now that were once under an id that is no longer used? Null: no two people's whom the reader may see. */
export class ChoosePart extends AuditedQuery<SplitPerson | null> {
  readonly data = 'basic-details';
  constructor(readonly person: string) {
    super();
  }

  looks(result: SplitPerson | null): Look[] {
    if (result === null) return [{ action: 'viewed-person', person: this.person, found: false, shown: { page: 'split' } }];
    return splitLooks(this.person, result);
  }
}

@QueryHandler(ChoosePart)
export class ChoosePartHandler implements IQueryHandler<ChoosePart> {
  async execute(query: ChoosePart): Promise<SplitPerson | null> {
    const snapshot = snapshotOf(query);
    const around = await readAround(snapshot, query.person);
    const parts = around.people.byId.has(query.person) ? [] : partsOf(around, query.person);
    return parts.length > 1 ? named(snapshot, parts) : null;
  }
}
