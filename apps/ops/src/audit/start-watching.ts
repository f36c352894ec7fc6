import { type FoundMismatch, LogWatch, readFound, waiting } from '#lib/audit';
import { openReadModel } from '#lib/read-model';
import type { Logger, Metrics } from '#lib/runtime';
import type { sealSettings, watchSettings } from './audit-settings.js';
import { keepChangedAlarm } from './changed-alarm.js';
import { WatchingLoop } from './keep-watching.js';
import { WatchMeasures } from './watch-measures.js';

export interface Watching {
  loop: WatchingLoop;
  stop(): Promise<void>;
}

/** The alarm is put back within this, whoever has cleared it. */
const TOLD_EVERY_MS = 60_000;

/** Watches the sealed log beside whatever else the process does, and alarms: it neither waits for sealing nor holds it up. */
export function startWatching(
  o: ReturnType<typeof sealSettings> & ReturnType<typeof watchSettings>,
  { metrics, logger }: { metrics: Metrics; logger: Logger },
): Watching {
  const measures = new WatchMeasures(metrics);
  const readModel = openReadModel(o.readModelUrl, { max: 1, answerWithin: 10_000, onIdleError: () => undefined });
  const told = { at: 0, of: '', failed: false };
  let failed = false;

  async function tell(open: readonly FoundMismatch[]): Promise<void> {
    measures.found(open.length);
    const of = open.map(({ id }) => id).join();
    if (of === told.of && Date.now() - told.at < TOLD_EVERY_MS) return;
    try {
      await keepChangedAlarm(readModel, open);
      Object.assign(told, { at: Date.now(), of, failed: false });
    } catch (error) {
      if (!told.failed) logger.error({ err: error }, 'operators can’t be told in the read model how the audit log fares');
      told.failed = true;
    }
  }

  const loop = new WatchingLoop({
    open: () => LogWatch.open({ url: o.auditUrl, key: o.key.public, folder: o.auditCheckpointDir, every: o.auditCheckEvery * 1_000 }),
    pace: o.auditCheckPace,
    async onTurn(turn) {
      if (failed) logger.info('the audit log is checked again');
      failed = false;
      if (turn === null) return measures.standsBy();
      for (const { index, through, kind, says } of turn.fresh)
        logger.error({ alarm: 'audit-changed', index, through, kind, says }, 'the audit log is not what was sealed');
      measures.checked(turn);
      await tell(turn.waiting);
    },
    async onFailure(error) {
      if (!failed) logger.error({ err: error }, 'the audit log is not checked');
      failed = true;
      // What was found stands at the second place: whoever takes the database away does not silence it.
      await tell(waiting(await readFound(o.auditCheckpointDir)));
    },
  });
  return {
    loop,
    async stop() {
      await loop.stop();
      await readModel.end();
    },
  };
}
