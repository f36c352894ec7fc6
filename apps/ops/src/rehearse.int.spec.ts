import { SourceEvent } from '#lib/events';
import { openReadModel, type ReadModelPool } from '#lib/read-model';
import { appEnv } from '../../../test/support/app-env.js';
import { eventually } from '../../../test/support/eventually.js';
import { ops } from '../../../test/support/ops.js';
import { startFolding, startUpkeep } from '../../../test/support/projectors.js';
import { SealedLog } from '../../../test/support/sealed-log.js';

const why = ['--reason', 'drill'];
const PERSON = '11111111-1111-1111-1111-111111111111';

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

const recorded = (recordId: string) =>
  SourceEvent.parse({
    type: 'PersonRecorded',
    source: 'mosaic',
    recordId,
    sourceVersion: { epoch: 1, position: 1 },
    occurredAt: '2026-05-01T09:00:00Z',
    names: [{ family: 'Example', given: ['Alex'] }],
  });
const parkedAs = (code: string) =>
  eventually(`something parked as ${code}`, async () => {
    const { rows } = await pool.query<{ subject: string }>('SELECT subject FROM read_1.parked WHERE code = $1', [code]);
    return rows[0]?.subject;
  });

describe('A rehearsal', () => {
  it('has nothing to spoil while there is no record, and is refused in production', async () => {
    expect(await ops(env, 'rehearse', '--noise', ...why)).toMatchObject({
      code: 1,
      failure: expect.stringContaining('no record of any person'),
    });
    expect(await ops({ ...env, NODE_ENV: 'production' }, 'rehearse', '--noise', ...why)).toMatchObject({
      code: 1,
      failure: expect.stringContaining('never in production'),
    });
  });

  it('parks noise, and what has lost its key, which is drained once the key is back', async () => {
    const first = await startFolding(env);
    const places = await log.publish(Array.from({ length: 41 }, (_, index) => recorded(String(index))));
    // Neither among the first, whose keys are tried at the start, nor the last, which is read again.
    const { subject } = places[20]!;
    await log.decide([{ type: 'RecordAssigned', decision: 1, subject, person: PERSON, reason: 'alone', modelVersion: '1' }]);
    await eventually(
      'the record',
      async () => (await pool.query('SELECT FROM read_1.record JOIN read_1.record_person USING (subject)')).rows.length > 0,
    );
    await first.stop();
    // Those that begin now remember no key.
    const running = await Promise.all([startFolding(env), startUpkeep(env)]);
    try {
      const lost = await ops(env, 'rehearse', '--lose-key', ...why);
      expect(lost).toMatchObject({ code: 0, failure: '', text: expect.stringContaining(`/people/${PERSON}`) });
      expect(await parkedAs('key-missing')).toBe(subject);
      expect(await ops(env, 'redrive', '--code', 'key-missing', ...why)).toMatchObject({ code: 3 });
      expect(await ops(env, 'rehearse', '--give-back', ...why)).toMatchObject({
        code: 0,
        text: expect.stringContaining('1 keys are back'),
      });
      expect(await ops(env, 'redrive', '--code', 'key-missing', ...why)).toMatchObject({
        code: 0,
        text: expect.stringContaining('Drained.'),
      });
      expect(await ops(env, 'rehearse', '--noise', ...why)).toMatchObject({ code: 0 });
      expect(await parkedAs('undecodable')).toBe(subject);
      expect(await ops(env, 'discard', '--all', ...why)).toMatchObject({ code: 0 });
    } finally {
      await Promise.all(running.map((app) => app.stop()));
    }
  });
});
