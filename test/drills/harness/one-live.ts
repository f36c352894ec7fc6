import { setTimeout as pause } from 'node:timers/promises';
import type { ReadModelPool } from '#lib/read-model';

const LOOK_EVERY_MS = 5;

/** Asks all the time which generation is live: at every instant it must be one. */
export class OneLive {
  /** Each that was live, in order. */
  readonly seen: number[] = [];
  looks = 0;
  private problem: string | undefined;
  private stopping = false;
  private readonly running: Promise<void>;

  constructor(private readonly pool: ReadModelPool) {
    this.running = this.run();
    // Told by stop().
    this.running.catch(() => undefined);
  }

  /** @throws Error where once there was none, or more than one */
  async stop(): Promise<void> {
    this.stopping = true;
    await this.running;
    if (this.problem) throw new Error(this.problem);
  }

  private async run(): Promise<void> {
    while (!this.stopping) {
      const { rows } = await this.pool.query<{ id: number }>(`SELECT id FROM control.generation WHERE state = 'live'`);
      this.looks += 1;
      if (rows.length !== 1) this.problem ??= `${rows.length} generations were live at once`;
      const id = rows[0]?.id;
      if (id !== undefined && this.seen.at(-1) !== id) this.seen.push(id);
      await pause(LOOK_EVERY_MS);
    }
  }
}
