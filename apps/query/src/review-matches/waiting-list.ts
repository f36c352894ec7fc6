import { Inject, Injectable, Logger } from '@nestjs/common';
import type { ReadModelPool } from '#lib/read-model';
import type { Authority } from '../authority.js';
import { inOneSight } from '../ops-pages/sight.js';
import { AUTHORITY, OPERATIONS, WAITING_KEPT_MS } from '../providers.js';
import { claimedPairs } from './claimed-pair.js';
import { openedPairs } from './opened-pair.js';
import { doubtedPairs } from './doubted-pair.js';
import { countWaiting, type WaitingOfKind } from './count-waiting.js';
import { givenTo } from './given-pairs.js';
import type { Harm } from './harm.js';
import { MatchMeasures } from './match-measures.js';
import { MatcherDoor, type WaitingPair } from './matcher-door.js';
import { type OrderedPair, orderPairs, type Queued, spokenOf } from './order-pairs.js';

/** Of the matcher's list, which knows nothing of harm: beyond them, only the oldest are put in order. */
const PAIRS_AT_MOST = 20_000;
/** How much longer than it is kept an old list is given while a new one is read. */
const TIMES_AS_LONG = 4;
/** What was decided so shortly before may not have reached the matcher when it was asked. */
const UNDER_WAY_MS = 5_000;
/** After this nobody is looking any more. */
const LOOKED_AT_MS = 600_000;

/** All pairs that wait for stewards, what does most harm first; also those that nobody may see, or this reader may not. */
export interface Listed {
  pairs: OrderedPair[];
  counts: WaitingOfKind[];
  /** More wait than are put in order. */
  more: boolean;
  /** What was decided after this may be in it; milliseconds since 1970, by the read model's database. */
  readAt: number;
}

/**
 * Which pairs wait is read whole, as their order goes by what only the read model knows; so it is kept for a while. What may be given to a reader is looked up for
 * each answer (given-pairs.ts).
 */
@Injectable()
export class WaitingList {
  private readonly logger = new Logger(WaitingList.name);
  private kept: { list: Listed; since: number } | null = null;
  private reading: Promise<Listed> | null = null;
  private lookedAt = -Infinity;

  constructor(
    @Inject(OPERATIONS) private readonly pool: ReadModelPool,
    @Inject(AUTHORITY) private readonly authority: Authority,
    @Inject(WAITING_KEPT_MS) private readonly keptMs: number,
    private readonly matcher: MatcherDoor,
    private readonly measures: MatchMeasures,
  ) {}

  /** Throws MatcherUnavailable or ReadModelUnavailable. */
  async now(): Promise<Listed> {
    this.lookedAt = performance.now();
    const age = this.kept === null ? Infinity : performance.now() - this.kept.since;
    if (this.kept === null || age >= TIMES_AS_LONG * this.keptMs) return this.read();
    if (age >= this.keptMs) this.read().catch(() => undefined);
    return this.kept.list;
  }

  /** Reads it anew, and so counts what waits. */
  async look(): Promise<void> {
    await this.read().catch(() => undefined);
  }

  /** Reads it anew where somebody has looked lately: whoever looks next does not wait. */
  async keepWarm(): Promise<void> {
    if (performance.now() - this.lookedAt < LOOKED_AT_MS) await this.look();
  }

  /** Once for all who ask meanwhile, but where nothing is to be kept. */
  private read(): Promise<Listed> {
    if (this.keptMs === 0) return this.readNow();
    return (this.reading ??= this.readNow().finally(() => (this.reading = null)));
  }

  private async readNow(): Promise<Listed> {
    try {
      const since = performance.now();
      const { readAt, spoken } = await this.see(async (from) => ({ readAt: await clockOf(from), spoken: await spokenOf(from) }));
      const waiting = await this.matcher.waiting(spoken, PAIRS_AT_MOST);
      const { pairs, counts } = await this.see(async (from) => {
        const byReaders = [...(await doubtedPairs(from)), ...(await claimedPairs(from))];
        const ordered = await orderPairs(from, once([...byReaders, ...waiting, ...(await openedPairs(from))]));
        return { pairs: ordered, counts: await countWaiting(ordered, (some) => givenTo(from, some, '', readAt)) };
      });
      const list = { pairs, counts, more: waiting.length >= PAIRS_AT_MOST, readAt };
      this.kept = { list, since };
      this.measures.waiting(waiting.length, oldestIn(counts));
      return list;
    } catch (error) {
      this.logger.warn(error, 'what waits for stewards could not be read');
      this.measures.notKnown();
      throw error;
    }
  }

  private see<T>(read: (from: Queued) => Promise<T>): Promise<T> {
    return inOneSight(this.pool, async (sight) => {
      // By index alone, as readers look: planned for a recursion, both tables would be read whole.
      await sight.query('SET LOCAL enable_seqscan = off');
      const rows = async <Row>({ text }: { text: string }, values: unknown[]) => (await sight.query(text, values)).rows as Row[];
      return read({ rows, authority: this.authority, now: sight.now });
    });
  }
}

/** A pair that waits for more than one reason is there once, for the first of these, and since then: what a reader has said, that the matcher leaves it to stewards, that a steward opened it. */
const once = (waiting: readonly WaitingPair[]): WaitingPair[] =>
  [...Map.groupBy(waiting, ({ one, other }) => `${one} ${other}`).values()].map(([first]) => first!);

async function clockOf(from: Queued): Promise<number> {
  const [clock] = await from.rows<{ at: number }>({ text: 'SELECT (extract(epoch FROM clock_timestamp()) * 1000)::float8 AS at' }, []);
  return clock!.at - UNDER_WAY_MS;
}

const oldestIn = (counts: readonly WaitingOfKind[]): Partial<Record<Harm, number>> =>
  Object.fromEntries(counts.map(({ harm, since }) => [harm, since]));
