import { type IQueryHandler, QueryHandler } from '@nestjs/cqrs';
import { AuditedQuery, type Look } from '../audited-query.js';
import { snapshotOf } from '../snapshot.js';
import { hasMoved, type MovedPerson } from '../view-person/moved-person.js';
import { personIdIn } from '../view-person/person-id.js';
import { readPerson } from '../view-person/read-person.js';

export interface Records {
  subjects: string[];
}

/** Which records are of the person whom the reader says to know? Null: nobody of that id may be seen. */
export class FindRecords extends AuditedQuery<Records | MovedPerson | null> {
  readonly data = 'basic-details';
  readonly person: string | null;
  constructor(person: string) {
    super();
    this.person = personIdIn(person);
  }

  looks(result: Records | MovedPerson | null): Look[] {
    return [{ action: 'declared-known', person: this.person, found: result !== null && !hasMoved(result) }];
  }
}

@QueryHandler(FindRecords)
export class FindRecordsHandler implements IQueryHandler<FindRecords> {
  async execute(query: FindRecords): Promise<Records | MovedPerson | null> {
    const person = await readPerson(snapshotOf(query), query.person);
    return person === null || hasMoved(person) ? person : { subjects: [...person.subjects, ...person.removed] };
  }
}
