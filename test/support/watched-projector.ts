import { openReadModel, type ReadModelPool } from '#lib/read-model';
import type { Running } from '#lib/runtime';
import type { AlarmCode } from '../../apps/projector/src/watch/alarm.js';
import { startProjector } from '../../apps/projector/src/start.js';
import { appEnv } from './app-env.js';
import { eventually } from './eventually.js';
import { SealedLog } from './sealed-log.js';

/** A projector that folds and its upkeep, which looks every second whether anything is wrong. */
export class WatchedProjector {
  private constructor(
    readonly env: Record<string, string>,
    readonly log: SealedLog,
    readonly pool: ReadModelPool,
    private readonly folding: Running,
    private upkeep: Running,
  ) {}

  static async open(): Promise<WatchedProjector> {
    const env = await appEnv({
      PROJECTOR_CHECK_SECONDS: '0',
      PROJECTOR_WATCH_SECONDS: '1',
      PROJECTOR_COUNT_SECONDS: '1',
      PROJECTOR_ALARM_PARKED: '2',
      PROJECTOR_ALARM_BEHIND_SECONDS: '5',
      LOG_LEVEL: process.env.LOG_LEVEL ?? 'silent',
    });
    const log = await SealedLog.open(env);
    const upkeep = await startProjector({ ...env, PROJECTOR_TASK: 'upkeep' });
    return new WatchedProjector(env, log, openReadModel(env.READ_MODEL_URL!), await startProjector(env), upkeep);
  }

  async close(): Promise<void> {
    await Promise.all([this.upkeep.stop(), this.folding.stop()]);
    await this.log.close();
    await this.pool.end();
  }

  /** While nobody looks. */
  async unwatched(act: () => Promise<void>): Promise<void> {
    await this.upkeep.stop();
    try {
      await act();
    } finally {
      this.upkeep = await startProjector({ ...this.env, PROJECTOR_TASK: 'upkeep' });
    }
  }

  /** An alarm that is open. */
  async alarm(code: AlarmCode, source: string | null = null): Promise<{ details: Record<string, unknown> } | undefined> {
    const { rows } = await this.pool.query<{ details: Record<string, unknown> }>(
      'SELECT * FROM control.alarm WHERE cleared_at IS NULL AND code = $1 AND source IS NOT DISTINCT FROM $2',
      [code, source],
    );
    return rows[0];
  }

  raised(code: AlarmCode, source: string | null = null): Promise<{ details: Record<string, unknown> }> {
    return eventually(`${code} being raised`, () => this.alarm(code, source), { within: 15_000 });
  }

  cleared(code: AlarmCode, source: string | null = null): Promise<boolean> {
    return eventually(`${code} being cleared`, async () => !(await this.alarm(code, source)), { within: 15_000 });
  }

  async metrics(of: 'upkeep' | 'folding' = 'upkeep'): Promise<string> {
    return (await fetch(`${this[of].url}/metrics`)).text();
  }

  /** An alarm is kept first and measured at the end of the same look. */
  measured(line: string): Promise<boolean> {
    return eventually(line, async () => (await this.metrics()).split('\n').includes(line), { within: 10_000 });
  }

  /** Waits for so many looks more. */
  async looked(times: number): Promise<void> {
    for (let looks = 0; looks < times; looks += 1) {
      const from = await this.watchedAt();
      await eventually('another look', async () => (await this.watchedAt()) > from);
    }
  }

  private async watchedAt(): Promise<number> {
    return Number(/index_watched_at_seconds\{app="projector"\} ([\d.]+)/.exec(await this.metrics())?.[1]);
  }
}
