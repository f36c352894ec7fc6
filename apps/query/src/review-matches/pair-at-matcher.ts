import { Injectable } from '@nestjs/common';
import { Gate, type OnRecord } from '../gate.js';
import type { Asker } from '../sign-in/reader.js';
import { KeptRulings } from './kept-rulings.js';
import { MatcherDoor, type PairNow } from './matcher-door.js';
import type { Pair } from './pair.js';

/** How the matcher saw a pair, and which rulings about it were known to stewards just before that. */
export interface AtMatcher extends PairNow {
  rulings: number;
  /** All of them had been handed over, so that the matcher knew of each. */
  handedOver: boolean;
  /** Ids of those that it had taken up before it was asked how the two stand. */
  takenUp: ReadonlySet<string>;
}

/** Asks the matcher about a pair before a snapshot is opened or a lock is taken: its database may hang, and nobody else waits for that. */
@Injectable()
export class PairAtMatcher {
  constructor(
    private readonly gate: Gate,
    private readonly kept: KeptRulings,
    private readonly matcher: MatcherDoor,
  ) {}

  /** @param what is on record of those who may not ask. Throws MatcherUnavailable or ReadModelUnavailable. */
  async seenBy(asker: Asker, pair: Pair, what: OnRecord): Promise<AtMatcher> {
    await this.gate.pass(asker, 'matching', what);
    const rulings = await this.kept.ofPair(pair);
    const followed = rulings.filter((ruling) => ruling.followed).map(({ id }) => id);
    const takenUp = await this.matcher.takenUp(rulings.filter((ruling) => !ruling.followed).slice(-1));
    // after that: the matcher takes a ruling up and does as it says in one transaction, so whatever is known as taken up shows in how the two stand
    const now = await this.matcher.now(pair);
    return {
      ...now,
      rulings: rulings.length,
      handedOver: rulings.every(({ handedOver }) => handedOver),
      takenUp: new Set([...followed, ...takenUp]),
    };
  }
}
