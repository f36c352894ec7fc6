import { type IQueryHandler, QueryHandler } from '@nestjs/cqrs';
import { AuditedQuery, type Look } from '../audited-query.js';
import type { Asker } from '../sign-in/reader.js';
import { snapshotOf } from '../snapshot.js';
import { hasMoved, type MovedPerson } from '../view-person/moved-person.js';
import { personIdIn } from '../view-person/person-id.js';
import { readPerson } from '../view-person/read-person.js';

export interface Records {
  subjects: string[];
}

/**
 * Which records are of the person whom the reader says to know? Null: nobody of that id may be seen. Nothing of them is shown, so whoever may search may say
 * so without a reason; but for a restricted record that is open, which only its own reason reaches.
 */
export class FindRecords extends AuditedQuery<Records | MovedPerson | null> {
  readonly data: 'search' | 'basic-details';
  readonly person: string | null;
  constructor(person: string, { overriding }: Pick<Asker, 'overriding'>) {
    super();
    this.data = overriding?.person === person ? 'basic-details' : 'search';
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
