import { type IQueryHandler, QueryHandler } from '@nestjs/cqrs';
import { AuditedQuery, type Look } from '../audited-query.js';
import { snapshotOf } from '../snapshot.js';
import { hasMoved, type MovedPerson } from '../view-person/moved-person.js';
import type { Paper } from '../view-person/print-looks.js';
import { reachPerson } from '../view-person/reach-person.js';
import { type Asked, askedFor, type Way } from '../view-person/way.js';

/** A browser printed a page about this person. Shows nothing; whoever may not see them is refused as on the page itself. */
export class RecordPrint extends AuditedQuery<{ person: string } | MovedPerson | null> implements Asked {
  readonly data = 'basic-details';
  readonly person: string | null;
  readonly child: string | null;
  constructor(
    person: string,
    private readonly page: Paper,
    way: Way,
  ) {
    super();
    ({ person: this.person, child: this.child } = askedFor(person, way));
  }

  looks(result: { person: string } | MovedPerson | null): Look[] {
    const moved = result !== null && hasMoved(result) ? result : {};
    const found = result !== null && !hasMoved(result);
    return [{ action: 'printed', person: this.person, found, shown: { page: this.page, by: 'browser', ...moved } }];
  }
}

@QueryHandler(RecordPrint)
export class RecordPrintHandler implements IQueryHandler<RecordPrint> {
  async execute(query: RecordPrint): Promise<{ person: string } | MovedPerson | null> {
    const found = await reachPerson(snapshotOf(query), query);
    return found === null || hasMoved(found) ? found : { person: found.person };
  }
}
