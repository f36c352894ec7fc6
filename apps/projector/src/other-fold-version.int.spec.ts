import { SourceEvent } from '#lib/events';
import { openReadModel, type ReadModelPool } from '#lib/read-model';
import { createLogger, Metrics } from '#lib/runtime';
import { appEnv } from '../../../test/support/app-env.js';
import { eventually } from '../../../test/support/eventually.js';
import { SealedLog } from '../../../test/support/sealed-log.js';
import { FoldingGenerations } from './folding-generations.js';
import { Measures } from './measures.js';
import { readProjectorSettings } from './settings.js';
import { startProjector } from './start.js';

let env: Record<string, string>;
let log: SealedLog;
let pool: ReadModelPool;
beforeAll(async () => {
  env = await appEnv({ LOG_LEVEL: 'silent' });
  log = await SealedLog.open(env);
  pool = openReadModel(env.READ_MODEL_URL!);
  await pool.query('UPDATE control.generation SET fold_version = fold_version + 98');
});
afterAll(async () => {
  await log.close();
  await pool.end();
});

const folded = async () => ((await pool.query('SELECT count(*)::int AS rows FROM read_1.involvement')).rows as { rows: number }[])[0]!.rows;

describe('A live generation of another fold version', () => {
  it('is not written to: the projector is not ready, and says why and what to do', async () => {
    const folding = new FoldingGenerations(
      readProjectorSettings(env),
      new Measures(new Metrics('projector')),
      createLogger('projector', 'silent'),
    );
    folding.start();
    await eventually(
      'it having looked',
      async () => !String(await folding.look().catch((error: unknown) => error)).includes('not known yet'),
    );
    await expect(folding.look()).rejects.toThrow(
      'live generation 1 is of fold version 99, this code folds version 1: it must not write there. Rebuild, then switch.',
    );
    await folding.stop();
  });

  it('stays as it is while events wait, and goes on when the code is of its version again', async () => {
    await log.publish([
      SourceEvent.parse({
        type: 'InvolvementOpened',
        source: 'mosaic',
        recordId: '1',
        sourceVersion: { epoch: 0, position: 1 },
        occurredAt: '2026-05-01T09:00:00Z',
        involvementId: 'one',
        service: 'childrens-social-care',
      }),
    ]);
    const projector = await startProjector(env);
    try {
      const ready = async () => (await fetch(`${projector.url}/health/ready`)).status;
      await eventually('it having looked a few times', async () =>
        /projector_generation\{[^}]*state="live"/.test(await metricsOf(projector.url)),
      );
      expect(await ready()).toBe(503);
      expect(await folded()).toBe(0);
      expect((await pool.query('SELECT 1 FROM read_1.checkpoint')).rows).toEqual([]);
      await pool.query('UPDATE control.generation SET fold_version = fold_version - 98');
      await eventually('the event being folded', async () => (await folded()) === 1, { within: 20_000 });
      expect(await ready()).toBe(200);
    } finally {
      await projector.stop();
    }
  });
});

const metricsOf = async (url: string) => (await fetch(`${url}/metrics`)).text();
