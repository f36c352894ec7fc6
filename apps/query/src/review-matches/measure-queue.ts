import { Inject, Injectable, Logger } from '@nestjs/common';
import type { ReadModelPool } from '#lib/read-model';
import type { Authority } from '../authority.js';
import { inOneSight } from '../ops-pages/sight.js';
import { AUTHORITY, OPERATIONS } from '../providers.js';
import { MatchMeasures } from './match-measures.js';
import { MatcherDoor } from './matcher-door.js';
import { doubtedPairs } from './doubted-pair.js';
import { PAIRS_AT_MOST, queueFor, type QueuedPair } from './waiting-pair.js';

/** Counts what waits for stewards, as the queue of one has it who has answered nothing: whoever is restricted rings no alarm that nobody could end. */
@Injectable()
export class MeasureQueue {
  private readonly logger = new Logger(MeasureQueue.name);

  constructor(
    @Inject(OPERATIONS) private readonly pool: ReadModelPool,
    @Inject(AUTHORITY) private readonly authority: Authority,
    private readonly matcher: MatcherDoor,
    private readonly measures: MatchMeasures,
  ) {}

  async look(): Promise<void> {
    try {
      const waiting = await this.matcher.waiting([], PAIRS_AT_MOST);
      const { pairs } = await inOneSight(this.pool, async (sight) => {
        // By index alone, as readers look: planned for a recursion, both tables would be read whole.
        await sight.query('SET LOCAL enable_seqscan = off');
        const rows = async <Row>({ text }: { text: string }, values: unknown[]) => (await sight.query(text, values)).rows as Row[];
        const from = { rows, authority: this.authority, now: sight.now };
        return queueFor(from, [...(await doubtedPairs(from)), ...waiting], { reader: '', source: null });
      });
      this.measures.waiting(waiting.length, oldestIn(pairs));
    } catch (error) {
      this.logger.warn(error, 'what waits for stewards could not be counted');
      this.measures.notKnown();
    }
  }
}

const oldestIn = (queued: readonly QueuedPair[]): Partial<Record<QueuedPair['harm'], number>> =>
  Object.fromEntries([...Map.groupBy(queued, ({ harm }) => harm)].map(([harm, [first]]) => [harm, first!.since]));
