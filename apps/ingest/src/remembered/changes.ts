import { Injectable } from '@nestjs/common';
import type { Fact } from '../rows/fact.js';
import type { Digests } from './digests.js';
import { nameOf, type Remembered, type RememberedFact } from './remembered.js';
import type { Reachable } from '../reachable.js';

/** What a fact is to what was published of it before. */
export type Change = 'new' | 'changed' | 'ended' | 'gone' | 'unchanged';

export interface ComparedFact {
  fact: Fact;
  /** Keyed hash of its kind and id. */
  name: Buffer;
  change: Change;
  /** It was published at this very version before: this is a second try, which may go without publishing and is counted as the first. */
  again: boolean;
}

/** Compares facts with what was published of them. Publishes nothing, makes no keys. */
@Injectable()
export class Changes {
  constructor(
    private readonly remembered: Reachable<Remembered>,
    readonly digests: Digests,
  ) {}

  /** @throws RetryableError */
  async of(source: string, facts: readonly Fact[]): Promise<ComparedFact[]> {
    const names = facts.map((fact) => this.digests.ofFact(source, fact));
    const known = await (await this.remembered.get()).of(source, names);
    return facts.map((fact, at) => this.compared(fact, names[at]!, known.get(nameOf(names[at]!))));
  }

  private compared(fact: Fact, name: Buffer, known: RememberedFact | undefined): ComparedFact {
    if (fact.state === 'gone') return { fact, name, change: known ? 'gone' : 'unchanged', again: false };
    if (!known) return { fact, name, change: 'new', again: false };
    const { epoch, position } = fact.events[0]!.checked.sourceVersion;
    const said = this.digests.ofEvents(fact.events.map(({ checked }) => checked));
    const same = known.epoch === epoch && equal(known.details, said.details) && equal(known.ending, said.ending);
    if (same) return { fact, name, change: 'unchanged', again: known.position === position };
    return { fact, name, change: known.open && fact.state === 'ended' ? 'ended' : 'changed', again: false };
  }
}

const equal = (a: Buffer | null, b: Buffer | null) => (a === null || b === null ? a === b : a.equals(b));
