import { setTimeout as pause } from 'node:timers/promises';
import type { Random } from '../../../apps/demo/src/random.js';
import { liveGeneration, type ReadModelPool } from '#lib/read-model';
import { type Snapshot, takeSnapshot } from '../judge/take-snapshot.js';
import type { Acknowledged } from './door.js';

const LOOK_EVERY_MS = 100;
const MOST_SNAPSHOTS = 4;

/** Looks at the read model while things go wrong: how old acknowledged events get until they are there, and whole snapshots now and then. */
export class Watch {
  /** Milliseconds from acknowledged to applied, the worst. */
  worstFreshness = 0;
  readonly snapshots: Snapshot[] = [];
  takesSnapshots = true;
  private stopping = false;
  private waiting: Acknowledged[] = [];
  private taken = 0;
  private readonly running: Promise<void>;

  constructor(
    private readonly pool: ReadModelPool,
    private readonly topic: string,
    private readonly acknowledged: () => readonly Acknowledged[],
    private readonly chance: Random,
  ) {
    this.running = this.run();
  }

  async stop(): Promise<void> {
    this.stopping = true;
    await this.running;
  }

  private async run(): Promise<void> {
    let nextSnapshot = Date.now() + this.chance.int(500, 2_500);
    while (!this.stopping) {
      try {
        await this.look();
        if (this.takesSnapshots && Date.now() > nextSnapshot && this.snapshots.length < MOST_SNAPSHOTS) {
          this.snapshots.push(await takeSnapshot(this.pool));
          nextSnapshot = Date.now() + this.chance.int(1_000, 4_000);
        }
      } catch {
        // the database is what is being drilled
      }
      await pause(LOOK_EVERY_MS);
    }
  }

  private async look(): Promise<void> {
    const { schema } = await liveGeneration(this.pool);
    const { rows } = await this.pool.query<{ partition: number; next_offset: number }>(
      `SELECT partition, next_offset FROM ${schema}.checkpoint WHERE topic = $1`,
      [this.topic],
    );
    const next = new Map(rows.map(({ partition, next_offset }) => [partition, next_offset]));
    const now = Date.now();
    this.waiting.push(...this.acknowledged().slice(this.taken));
    this.taken = this.acknowledged().length;
    this.waiting = this.waiting.filter(({ partition, offset, at }) => {
      const applied = offset < (next.get(partition) ?? 0);
      if (applied) this.worstFreshness = Math.max(this.worstFreshness, now - at);
      return !applied;
    });
  }
}
