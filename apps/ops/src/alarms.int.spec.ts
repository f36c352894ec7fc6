import { readAudit } from '#lib/audit';
import { openReadModel, type ReadModelPool } from '#lib/read-model';
import { appEnv } from '../../../test/support/app-env.js';
import { ops } from '../../../test/support/ops.js';

let env: Record<string, string>;
let pool: ReadModelPool;
beforeAll(async () => {
  env = await appEnv({ LOG_LEVEL: 'silent' });
  pool = openReadModel(env.READ_MODEL_URL!);
});
afterAll(() => pool.end());

const why = ['--reason', 'a school has left'];
const dropped = ['accept', '--alarm', 'source-dropped', '--source', 'synergy'];

describe('Alarms, by verbs', () => {
  it('are listed, and none is said to be none', async () => {
    expect(await ops(env, 'alarms')).toMatchObject({ code: 0, text: 'No alarm is open.' });
    await pool.query(
      `INSERT INTO control.alarm (code, source, details) VALUES ('source-dropped', 'synergy', '{"what":"records"}'), ('parked-age', NULL, '{}')`,
    );
    const { code, text } = await ops(env, 'alarms');
    expect([code, text]).toEqual([3, expect.stringMatching(/source-dropped +synergy .*no .*records/)]);
  });

  it('are accepted with a reason that is on record first, and only once', async () => {
    expect(await ops({ ...env, AUDIT_URL: 'postgres://postgres:postgres@127.0.0.1:1/nowhere' }, ...dropped, ...why)).toMatchObject({
      code: 1,
    });
    expect(await ops(env, ...dropped, '--dry-run')).toMatchObject({ code: 0, text: 'source-dropped of synergy would be accepted.' });
    expect((await pool.query('SELECT FROM control.alarm WHERE accepted_at IS NOT NULL')).rowCount).toBe(0);
    expect(await ops(env, ...dropped, ...why)).toMatchObject({ code: 0, text: 'source-dropped of synergy is accepted.' });
    expect(await readAudit(env.AUDIT_URL!, { last: 1 })).toMatchObject([
      { action: 'operated', reason: 'a school has left', shown: { verb: 'accept', alarm: 'source-dropped', source: 'synergy' } },
    ]);
    expect(await ops(env, ...dropped, ...why)).toMatchObject({
      code: 1,
      failure: expect.stringContaining('No alarm source-dropped of synergy'),
    });
  });

  it('that end by themselves can’t be accepted', async () => {
    expect(await ops(env, 'accept', '--alarm', 'parked-age', ...why)).toMatchObject({
      code: 1,
      failure: expect.stringContaining('ends by itself'),
    });
  });
});
