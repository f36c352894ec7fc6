import type { DigestedFact } from './digests.js';
import { nameOf, type Remembered, type RememberedFact } from './remembered.js';
import type { Reachable } from '../reachable.js';

/** What a fact is to what was published of it before. */
export type Change = 'new' | 'changed' | 'ended' | 'gone' | 'unchanged';

export interface ComparedFact extends DigestedFact {
  change: Change;
  /** It was published at this very version before: this is a second try, which may go without publishing and is counted as the first. */
  again: boolean;
}

/** Compares facts with what was published of them. Publishes nothing, makes no keys. */
export class Changes {
  constructor(private readonly remembered: Reachable<Remembered>) {}

  /** @throws RetryableError */
  async of(source: string, facts: readonly DigestedFact[]): Promise<ComparedFact[]> {
    const known = await (
      await this.remembered.get()
    ).of(
      source,
      facts.map(({ name }) => name),
    );
    return facts.map((digested) => ({ ...digested, ...changeOf(digested, known.get(nameOf(digested.name))) }));
  }
}

function changeOf({ fact, said }: DigestedFact, known: RememberedFact | undefined): Pick<ComparedFact, 'change' | 'again'> {
  const { epoch, position } = fact.events[0]!.checked.sourceVersion;
  // doubted at this very version: a first try to publish it was broken off
  const isNew = !known || (isDoubted(known) && known.epoch === epoch && known.position === position && fact.state !== 'gone');
  if (isNew) return { change: fact.state === 'gone' ? 'unchanged' : 'new', again: false };
  if (known.epoch > epoch || (known.epoch === epoch && known.position > position)) return { change: 'unchanged', again: false };
  if (fact.state === 'gone') return { change: 'gone', again: false };
  const same = known.epoch === epoch && equal(known.details, said.details) && equal(known.ending, said.ending);
  if (same) return { change: 'unchanged', again: known.position === position };
  return { change: known.open && fact.state === 'ended' ? 'ended' : 'changed', again: false };
}

const isDoubted = ({ details, ending }: RememberedFact): boolean => details === null && ending === null;
const equal = (a: Buffer | null, b: Buffer | null) => (a === null || b === null ? a === b : a.equals(b));
