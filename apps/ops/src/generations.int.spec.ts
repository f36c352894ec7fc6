import { readAudit } from '#lib/audit';
import { SourceEvent } from '#lib/events';
import { allGenerations, askForGeneration, liveGeneration, openReadModel, type ReadModelPool, steerBuild } from '#lib/read-model';
import type { Running } from '#lib/runtime';
import { appEnv } from '../../../test/support/app-env.js';
import { eventually } from '../../../test/support/eventually.js';
import { ops } from '../../../test/support/ops.js';
import { startFolding, startUpkeep } from '../../../test/support/projectors.js';
import { SealedLog } from '../../../test/support/sealed-log.js';
import { cancelBuild } from './cancel-build.js';
import { followBuild } from './follow-build.js';

const AUDIT_AWAY = { AUDIT_URL: 'postgres://postgres:postgres@127.0.0.1:1/nowhere' };

let env: Record<string, string>;
let log: SealedLog;
let pool: ReadModelPool;
let folding: Running | undefined;
let upkeep: Running | undefined;
beforeAll(async () => {
  env = await appEnv({ PROJECTOR_BATCH: '200', LOG_LEVEL: 'silent' });
  log = await SealedLog.open(env);
  pool = openReadModel(env.READ_MODEL_URL!);
  [folding, upkeep] = await Promise.all([startFolding(env), startUpkeep(env)]);
  await log.publish(opened(1_000));
  await eventually('all being folded', async () => (await pool.query('SELECT FROM read_1.involvement')).rows.length === 1_000, {
    within: 20_000,
  });
});
afterAll(async () => {
  await Promise.all([folding?.stop(), upkeep?.stop()]);
  await log.close();
  await pool.end();
});

const opened = (count: number): SourceEvent[] =>
  Array.from({ length: count }, (_, index) =>
    SourceEvent.parse({
      type: 'InvolvementOpened',
      source: 'mosaic',
      recordId: `7${index % 40}`,
      sourceVersion: { epoch: 0, position: index },
      occurredAt: '2026-05-01T09:00:00Z',
      involvementId: `involvement ${index}`,
      service: 'childrens-social-care',
    }),
  );

const why = ['--reason', 'fold version 2'];
const liveNumber = async () => (await liveGeneration(pool)).id;
const lastOnRecord = async () => (await readAudit(env.AUDIT_URL!, { last: 1 }))[0];

describe('A generation, by verbs alone', () => {
  it('is built, compared, switched to, rolled back from and dropped, each on record', async () => {
    expect((await ops(env, 'rebuild', '--dry-run')).text).toMatch(
      /^1000 events would be folded .* how long is not known before the first build/,
    );
    const built = await ops(env, 'rebuild', ...why);
    expect(built.text).toContain('Generation 2 is ready: 1000 events');
    expect(built.failure).toContain('generation 2: ');
    expect(await lastOnRecord()).toMatchObject({
      action: 'operated',
      role: 'operations',
      reason: 'fold version 2',
      shown: { verb: 'rebuild' },
    });

    expect(await ops(env, 'switch', '--to', '2', '--dry-run')).toMatchObject({
      code: 1,
      failure: expect.stringContaining('never compared'),
    });
    // No record is assigned to a person here, so a share of the people is nobody, and opens nothing.
    expect(await ops(env, 'compare', '--share', '0.5')).toMatchObject({ code: 3, text: expect.stringContaining('Nothing was compared') });
    expect((await ops(env, 'switch', '--to', '2', '--dry-run')).failure).toContain('never compared');
    const compared = await ops(env, 'compare', '--json', '--reason', 'before the switch');
    expect([compared.code, JSON.parse(compared.text)]).toEqual([
      0,
      expect.objectContaining({ generation: 2, differences: 0, rows: 1_000 }),
    ]);
    expect((await ops(env, 'switch', '--to', '2', '--dry-run')).text).toContain('would not be refused');
    expect(await liveNumber()).toBe(1);
    expect((await ops(env, 'switch', '--to', '2', ...why)).code).toBe(0);
    expect(await liveNumber()).toBe(2);
    expect((await ops(env, 'roll-back', '--dry-run')).text).toBe('Readers would see generation 1 again, instead of 2.');
    expect((await ops(env, 'roll-back', ...why)).code).toBe(0);
    expect(await liveNumber()).toBe(1);
    expect(await lastOnRecord()).toMatchObject({ shown: { verb: 'roll-back', from: 2, to: 1 } });

    expect((await ops(env, 'generations')).text).toMatch(/^2 +retired +built .* 1000 rows, 0 differences/m);
    expect((await ops(env, 'drop', '--generation', '2', '--dry-run')).text).toMatch(/^Generation 2 \(retired\) would be dropped, \d/);
    expect((await ops(env, 'drop', '--generation', '1', ...why)).failure).toContain('Generation 1 is live');
    expect((await ops(env, 'drop', '--generation', '2', ...why)).code).toBe(0);
    expect((await ops(env, 'roll-back', ...why)).failure).toContain('There is none to go back to');
    expect((await ops(env, 'rebuild', '--dry-run')).text).toMatch(/about \d+ s at \d+\/s/);
  });

  it('is told to differ field by field, and goes live only for a reason', async () => {
    await ops(env, 'rebuild', ...why);
    await pool.query(`UPDATE read_3.involvement SET team = 'Nobody' WHERE involvement_id = 'involvement 7'`);
    const compared = await ops(env, 'compare', '--generation', '3');
    expect(compared.code).toBe(3);
    expect(compared.text).toMatch(/^involvement +[0-9a-f]{12} +[0-9a-f-]{36} +team +nothing +[0-9a-f]{12}$/m);
    expect(compared.text).not.toContain('Nobody');
    const listed = await ops(env, 'differences');
    expect([listed.code, listed.text]).toEqual([3, expect.stringMatching(/generation 1 and generation 3: 1000 rows, 1 differ/)]);
    expect((await ops(env, 'switch', '--to', '3', ...why)).failure).toContain('1 differences were found');
    expect(await lastOnRecord()).toMatchObject({ outcome: 'refused', shown: { verb: 'switch', to: 3, refused: 'differences' } });
    expect((await ops(env, 'switch', '--to', '3', ...why, '--approve', 'the team was renamed')).code).toBe(0);
    expect(await lastOnRecord()).toMatchObject({ shown: { verb: 'switch', approved: 'the team was renamed' } });
    await ops(env, 'roll-back', ...why);
    await ops(env, 'drop', '--generation', '3', ...why);
  });

  it('is left as it is by every verb while the audit store is away', async () => {
    const before = await allGenerations(pool);
    for (const verb of [['rebuild'], ['switch', '--to', '1'], ['drop', '--generation', '1']])
      expect(await ops({ ...env, ...AUDIT_AWAY }, ...verb, ...why)).toMatchObject({
        code: 1,
        failure: expect.stringMatching(/^✗ the audit store can't be reached/),
      });
    expect(await allGenerations(pool)).toEqual(before);
  });

  it('is slowed down, paused, resumed and cancelled while it is built', async () => {
    expect((await ops(env, 'rebuild', ...why, '--throttle', '100', '--detach')).text).toContain('Generation 4 is asked for');
    const build = async () => (await allGenerations(pool)).at(-1)!;
    await eventually('some events', async () => (await build()).eventsDone > 0);
    expect((await ops(env, 'rebuild', ...why)).failure).toContain('Generation 4 is being built: one build at a time');
    await ops(env, 'rebuild', ...why, '--throttle', '50');
    await ops(env, 'rebuild', ...why, '--pause');
    expect(await build()).toMatchObject({ throttle: 50, wanted: 'pause' });
    expect((await ops(env, 'rebuild', ...why, '--resume', '--cancel')).failure).toContain('not both');
    await ops(env, 'rebuild', ...why, '--resume');
    expect(await build()).toMatchObject({ wanted: 'run', state: 'building' });
    expect((await ops(env, 'rebuild', ...why, '--cancel')).text).toBe('The build of generation 4 is cancelled.');
    expect(await build()).toMatchObject({ state: 'dropped' });
    expect((await ops(env, 'rebuild', ...why, '--cancel')).failure).toContain('No generation is being built');
  });

  it('says so when nobody builds it, and can be cancelled all the same', async () => {
    await upkeep!.stop();
    upkeep = undefined;
    const id = await askForGeneration(pool);
    await expect(followBuild(pool, id, { takenWithin: 300 })).rejects.toMatchObject({
      exitCode: 4,
      message: expect.stringMatching(/Nobody builds generation 5: no upkeep process of fold version \d+ [^]*PROJECTOR_TASK=upkeep/),
    });
    await steerBuild(pool, { wanted: 'cancel' });
    await cancelBuild(pool, (await allGenerations(pool)).at(-1)!, { silentFor: 300 });
    expect((await allGenerations(pool)).at(-1)).toMatchObject({ id, state: 'dropped' });
    upkeep = await startUpkeep(env);
  });
});
