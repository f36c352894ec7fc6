import {
  askRequest,
  createGenerationIndexes,
  createGenerationTables,
  FOLD_VERSION,
  openReadModel,
  type ReadModelPool,
  requestOf,
  type RequestVerb,
} from '#lib/read-model';
import { appEnv } from '../../../../test/support/app-env.js';
import { eventually } from '../../../../test/support/eventually.js';
import { SealedLog } from '../../../../test/support/sealed-log.js';
import { startFolding, startUpkeep } from '../../../../test/support/projectors.js';

let env: Record<string, string>;
let log: SealedLog;
let pool: ReadModelPool;
beforeAll(async () => {
  env = await appEnv({ LOG_LEVEL: 'silent' });
  log = await SealedLog.open(env);
  pool = openReadModel(env.READ_MODEL_URL!);
});
afterAll(async () => {
  await log.close();
  await pool.end();
});

const ask = (verb: RequestVerb, args: Record<string, unknown> = {}) =>
  askRequest(pool, { verb, arguments: args, askedBy: 'test', reason: 'test' });
const ended = async (id: string) =>
  eventually('it having ended', async () => ((await requestOf(pool, id))?.endedAt == null ? undefined : requestOf(pool, id)), {
    within: 20_000,
  });
const parked = async () => ((await pool.query('SELECT count(*)::int AS count FROM read_1.parked')).rows as { count: number }[])[0]!.count;

describe('An upkeep process of another fold version than readers see', () => {
  it('leaves what folds to one of that version, and neither says that it is drained nor that nothing differs', async () => {
    const folding = await startFolding(env);
    await log.publishRaw([{ key: '88888888-0000-0000-0000-000000000000', value: Buffer.from('noise that nobody can read') }]);
    await eventually('one parked event', async () => (await parked()) === 1, { within: 20_000 });
    await folding.stop();
    await pool.query('UPDATE control.generation SET fold_version = fold_version + 98');
    await createGenerationTables(pool, 'read_2');
    await createGenerationIndexes(pool, 'read_2');
    await pool.query(
      `INSERT INTO control.generation (id, schema_name, fold_version, partitions, state, stage) VALUES (2, 'read_2', $1, 4, 'ready', 'built')`,
      [FOLD_VERSION],
    );
    const upkeep = await startUpkeep(env);
    try {
      const asked = [await ask('redrive'), await ask('discard'), await ask('replay'), await ask('check')];
      // Asked last, so the others have been passed over.
      expect(await ended(await ask('compare', { generation: 2 }))).toMatchObject({ state: 'done' });
      for (const id of asked) expect(await requestOf(pool, id)).toMatchObject({ state: 'waiting', outcome: null });
      expect(await parked()).toBe(1);

      await pool.query('UPDATE control.generation SET fold_version = $1', [FOLD_VERSION]);
      const [redrive, discard] = asked;
      expect(await ended(redrive!)).toMatchObject({ outcome: { released: 0, refused: 1, stillParked: 1 } });
      expect(await ended(discard!)).toMatchObject({ outcome: { discarded: 1 } });
      expect(await ended(asked[3]!)).toMatchObject({ state: 'done', outcome: { rows: 0 } });
    } finally {
      await upkeep.stop();
    }
  });
});
