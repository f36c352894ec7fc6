import { SourceEvent } from '#lib/events';
import { createGenerationIndexes, createGenerationTables, FOLD_VERSION, openReadModel, type ReadModelPool } from '#lib/read-model';
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

const folded = async (schema: string) =>
  ((await pool.query(`SELECT count(*)::int AS rows FROM ${schema}.involvement`)).rows as { rows: number }[])[0]!.rows;
const opened = (involvementId: string) =>
  SourceEvent.parse({
    type: 'InvolvementOpened',
    source: 'mosaic',
    recordId: '1',
    sourceVersion: { epoch: 0, position: 1 },
    occurredAt: '2026-05-01T09:00:00Z',
    involvementId,
    service: 'childrens-social-care',
  });
/** A generation of this code's version beside the live one: what is folded into it shows that the projector is at work. */
async function buildBeside(): Promise<void> {
  await createGenerationTables(pool, 'read_2');
  await createGenerationIndexes(pool, 'read_2');
  await pool.query(
    `INSERT INTO control.generation (id, schema_name, fold_version, partitions, state, stage) VALUES (2, 'read_2', $1, 4, 'ready', 'built')`,
    [FOLD_VERSION],
  );
}

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
      `live generation 1 is of fold version ${FOLD_VERSION + 98}, this code folds version ${FOLD_VERSION}: it must not write there. Rebuild, then switch.`,
    );
    await folding.stop();
  });

  it('stays as it is while one of this version beside it keeps up, and goes on when the code is of its version again', async () => {
    await buildBeside();
    const projector = await startProjector(env);
    try {
      for (const count of [1, 2]) {
        await log.publish([opened(`i-${count}`)]);
        await eventually(`${count} events beside it`, async () => (await folded('read_2')) === count, { within: 20_000 });
      }
      expect(await folded('read_1')).toBe(0);
      expect((await pool.query('SELECT 1 FROM read_1.checkpoint')).rows).toEqual([]);
      await pool.query('UPDATE control.generation SET fold_version = fold_version - 98 WHERE id = 1');
      await eventually('both events in it', async () => (await folded('read_1')) === 2, { within: 20_000 });
    } finally {
      await projector.stop();
    }
  });
});
