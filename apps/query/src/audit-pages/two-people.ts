import { Injectable, NotFoundException } from '@nestjs/common';
import type { Together } from '#lib/audit';
import { Ask } from '../ask.js';
import type { Asker } from '../sign-in/reader.js';
import { personIdIn } from '../view-person/person-id.js';
import { FindOwners, type Owners } from './find-owners.query.js';
import { FindPerson } from './find-person.query.js';
import { type Asked, LookIntoAudit } from './look-into-audit.js';

/** Somebody as they are now, whichever of their ids was asked for. */
export interface Someone {
  person: string;
  /** Every id they are or were known by. */
  persons: string[];
  subjects: string[];
}

export interface TwoPeople {
  one: Someone;
  other: Someone;
  together: Together;
}

/** Finds the people an exposure is about. Whoever may not read everybody’s looks is told so first. */
@Injectable()
export class FindTwoPeople {
  constructor(
    private readonly audit: LookIntoAudit,
    private readonly asking: Ask,
  ) {}

  /** @param id one that somebody has or had, or the token of one of their records. Throws `NotAllowed` (403), or `NotFoundException` where it is no id at all. */
  async one(asker: Asker, asked: Asked, id: string): Promise<Someone> {
    await this.audit.allow(asker, asked);
    return this.someone(asker, id);
  }

  async both(asker: Asker, asked: Asked, ids: { person: string; other: string }): Promise<TwoPeople> {
    await this.audit.allow(asker, asked);
    const [one, other] = [await this.someone(asker, ids.person), await this.someone(asker, ids.other)];
    return { one, other, together: { one: one.subjects, other: other.subjects } };
  }

  /** Whose these records are now, and from whom the person's were kept apart by hand. */
  async owners(asker: Asker, of: Someone, subjects: readonly string[]): Promise<Owners> {
    return (await this.asking.ask(asker, new FindOwners(of.subjects, subjects))).result;
  }

  private async someone(asker: Asker, id: string): Promise<Someone> {
    const any = personIdIn(id);
    if (any === null) throw new NotFoundException();
    const { persons, subjects } = (await this.asking.ask(asker, new FindPerson({ any }))).result;
    return { person: persons[0] ?? any, persons: persons.length > 0 ? persons : [any], subjects };
  }
}
