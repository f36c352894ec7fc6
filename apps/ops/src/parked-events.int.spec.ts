import { Pool } from 'pg';
import { readAudit } from '#lib/audit';
import { SourceEvent } from '#lib/events';
import { askRequest, lastRequests, openReadModel, type ReadModelPool } from '#lib/read-model';
import type { Running } from '#lib/runtime';
import { appEnv } from '../../../test/support/app-env.js';
import { eventually } from '../../../test/support/eventually.js';
import { ops } from '../../../test/support/ops.js';
import { startFolding, startUpkeep } from '../../../test/support/projectors.js';
import { SealedLog } from '../../../test/support/sealed-log.js';
import { askAndFollow } from './follow-request.js';

const AUDIT_AWAY = { AUDIT_URL: 'postgres://postgres:postgres@127.0.0.1:1/nowhere' };

let env: Record<string, string>;
let log: SealedLog;
let pool: ReadModelPool;
let folding: Running | undefined;
let upkeep: Running | undefined;
beforeAll(async () => {
  env = await appEnv({ LOG_LEVEL: 'silent' });
  log = await SealedLog.open(env);
  pool = openReadModel(env.READ_MODEL_URL!);
  [folding, upkeep] = await Promise.all([startFolding(env), startUpkeep(env)]);
  // Both have opened the key store by then: they remember keys they have seen, and one of these tests takes a key away.
  await log.publish([opened('0', 'first', 'niche')]);
  await settled('involvement', 1);
  const nothing = await ops(env, 'check');
  expect([nothing.code, nothing.text]).toEqual([3, expect.stringContaining('Nothing was checked')]);
});
afterAll(async () => {
  await Promise.all([folding?.stop(), upkeep?.stop()]);
  await log.close();
  await pool.end();
});

const opened = (recordId: string, involvementId: string, source = 'mosaic'): SourceEvent =>
  SourceEvent.parse({
    type: 'InvolvementOpened',
    source,
    recordId,
    sourceVersion: { epoch: 0, position: 1 },
    occurredAt: '2026-05-01T09:00:00Z',
    involvementId,
    service: 'childrens-social-care',
  });

const count = async (of: string) => (await pool.query<{ count: number }>(`SELECT count(*)::int AS count FROM read_1.${of}`)).rows[0]!.count;
const settled = (of: string, wanted: number) =>
  eventually(`${wanted} in ${of}`, async () => (await count(of)) === wanted, { within: 20_000 });
const why = ['--reason', 'key store restored'];

describe('Parked events, by verbs', () => {
  it('are released once what held them is mended, and drained is said only when it is so', async () => {
    const keyStore = new Pool({ connectionString: env.KEY_STORE_URL! });
    const [key] = await log.keys.subjectsFor([{ source: 'mosaic', recordId: '77' }]);
    await keyStore.query('CREATE TABLE away AS SELECT * FROM data_key WHERE subject = $1', [key!.subject]);
    await keyStore.query('DELETE FROM data_key WHERE subject = $1', [key!.subject]);
    await log.publishRaw([{ key: key!.subject, value: log.sealed(opened('77', 'held'), key!) }]);
    await settled('parked', 1);
    expect((await ops(env, 'redrive', '--code', 'key-missing', '--dry-run')).text).toBe(
      '1 parked events (1 key-missing) would be folded again.',
    );
    expect(await ops(env, 'redrive', '--source', 'mosaic', ...why)).toMatchObject({
      code: 3,
      text: expect.stringContaining('0 released, 1 refused again, 1 still parked.'),
    });
    expect(await ops({ ...env, ...AUDIT_AWAY }, 'redrive', '--all', ...why)).toMatchObject({ code: 1 });
    expect(await lastRequests(pool, 10)).toHaveLength(2);
    await keyStore.query('INSERT INTO data_key SELECT * FROM away');
    await keyStore.end();
    const redriven = await ops(env, 'redrive', '--all', ...why, '--json');
    expect([redriven.code, JSON.parse(redriven.text)]).toEqual([0, { released: 1, refused: 0, stillParked: 0, drained: true }]);
    expect([await count('parked'), await count('involvement')]).toEqual([0, 2]);
  });

  it('are let go for good, one of them or all, with a reason on record before it is done', async () => {
    const noise = ['one', 'two'].map((text) => ({ key: '88888888-0000-0000-0000-000000000000', value: Buffer.from(`noise ${text}`) }));
    await log.publishRaw(noise);
    await settled('parked', 2);
    const { events } = JSON.parse((await ops(env, 'parked', '--json')).text) as {
      events: { topic: string; partition: number; offset: number }[];
    };
    const at = `${events[0]!.topic}/${events[0]!.partition}@${events[0]!.offset}`;
    expect((await ops(env, 'discard', '--all', '--at', at, ...why)).failure).toContain('not --at and --all');
    expect((await ops(env, 'discard', ...why)).failure).toContain('exactly one of --source, --code, --at or --all');
    expect(await ops({ ...env, ...AUDIT_AWAY }, 'discard', '--all', ...why)).toMatchObject({ code: 1 });
    expect(await count('parked')).toBe(2);
    expect((await ops(env, 'discard', '--at', at, ...why)).text).toBe('1 discarded.');
    const [request] = await lastRequests(pool, 1);
    const [entry] = await readAudit(env.AUDIT_URL!, { last: 1 });
    expect(entry).toMatchObject({
      action: 'operated',
      reason: 'key store restored',
      shown: { verb: 'discard', offset: events[0]!.offset },
    });
    expect(entry!.at).toBeLessThanOrEqual(request!.askedAt + 1);
    expect(request!.askedBy).toBe(entry!.reader);
    expect((await ops(env, 'discard', '--all', ...why)).text).toBe('1 discarded.');
    expect(await count('parked')).toBe(0);
  });
});

describe('Logged events', () => {
  it('are applied again after they were counted and somebody agreed', async () => {
    await log.publish([opened('1', 'a'), opened('2', 'b'), opened('3', 'c', 'niche')]);
    await settled('involvement', 5);
    expect((await ops(env, 'replay', '--source', 'mosaic', '--since', '1h', '--dry-run')).text).toMatch(
      /^3 events would be applied again, of 7 read/,
    );
    await pool.query(`DELETE FROM read_1.involvement WHERE involvement_id IN ('a', 'c')`);
    expect((await ops(env, 'replay', '--source', 'mosaic', ...why)).failure).toContain('say --yes');
    expect(await count('involvement')).toBe(3);
    const replayed = await ops(env, 'replay', '--source', 'mosaic', ...why, '--yes');
    expect(replayed.failure).toContain('3 events would be applied again');
    expect([replayed.code, replayed.text]).toEqual([0, expect.stringContaining('3 applied again, 0 refused')]);
    expect(await count('involvement')).toBe(4);
    expect((await ops(env, 'replay', '--all', '--since', 'yesterday', ...why)).failure).toContain('wants an instant with its zone');
    expect((await ops(env, 'replay', '--all', '--since', '1h', '--offset', '3', ...why)).failure).toContain('not both');
  });

  it('are proof against what readers see', async () => {
    const [key] = await log.keys.subjectsFor([{ source: 'mosaic', recordId: '1' }]);
    const { subject } = key!;
    await log.decide([{ type: 'RecordAssigned', decision: 1, subject, person: subject, reason: 'alone', modelVersion: '1' }]);
    await settled('record_person', 1);
    expect(await ops(env, 'check', '--people', '5')).toMatchObject({ code: 0, text: expect.stringContaining(': 0 differ.') });
    await pool.query(`UPDATE read_1.involvement SET status = 'closed' WHERE involvement_id = 'a'`);
    const checked = await ops(env, 'check', '--people', '5');
    expect([checked.code, checked.text]).toEqual([3, expect.stringMatching(/^involvement .* status +[0-9a-f]{12} +[0-9a-f]{12}$/m)]);
    const listed = await ops(env, 'requests', '--last', '1');
    expect(listed.text).toMatch(/check +\{"people":5\} +done .* check by hand +\{.*"differences":1/);
  });
});

describe('What is asked of nobody', () => {
  it('is taken back, and how to start an upkeep process is told', async () => {
    await upkeep!.stop();
    upkeep = undefined;
    const before = { ...process.env };
    Object.assign(process.env, env);
    try {
      const asking = askAndFollow(pool, { verb: 'check', arguments: {}, reason: 'test' }, { takenWithin: 500 });
      await expect(asking).rejects.toMatchObject({
        exitCode: 1,
        message: expect.stringMatching(/fold version \d+ .*PROJECTOR_TASK=upkeep/s),
      });
    } finally {
      process.env = before;
    }
    expect((await lastRequests(pool, 1))[0]).toMatchObject({ state: 'cancelled', outcome: { code: 'withdrawn' } });
  });

  it('is cancelled by its id, with a reason, and is no failure', async () => {
    const id = await askRequest(pool, { verb: 'replay', arguments: {}, askedBy: 'test', reason: 'test' });
    expect((await ops(env, 'requests')).text).toContain(id);
    expect((await ops(env, 'requests', '--cancel', id, '--dry-run')).text).toContain('replay (waiting) would be cancelled.');
    const cancelled = await ops(env, 'requests', '--cancel', id, '--reason', 'the wrong source');
    expect([cancelled.code, cancelled.text]).toEqual([0, 'replay is cancelled. What was done stays done: nothing.']);
    expect(await readAudit(env.AUDIT_URL!, { last: 1 })).toMatchObject([
      { reason: 'the wrong source', shown: { verb: 'requests/cancel', request: id } },
    ]);
    expect(await ops(env, 'requests')).toMatchObject({ code: 0 });
    expect((await ops(env, 'requests', '--cancel', id, '--reason', 'again')).failure).toContain('or it has ended');
  });
});
