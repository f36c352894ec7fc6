import { AuditLog, readAudit } from '#lib/audit';
import { openReadModel } from '#lib/read-model';
import { appEnv } from '../../../test/support/app-env.js';
import { ops } from '../../../test/support/ops.js';

let env: Record<string, string>;
beforeEach(async () => {
  env = await appEnv();
});

const NOWHERE = 'postgres://postgres:postgres@127.0.0.1:1/nowhere';

async function inReadModel(statement: string, values: unknown[]): Promise<void> {
  const pool = openReadModel(env.READ_MODEL_URL ?? '');
  await pool.query(statement, values);
  await pool.end();
}

describe('Operations', () => {
  it('prepare databases that are not there yet, and find nothing to do the second time', async () => {
    env.AUDIT_URL = `${env.AUDIT_URL}-new`;
    const first = JSON.parse((await ops(env, 'prepare', '--json')).text) as { databases: string };
    const second = JSON.parse((await ops(env, 'prepare', '--json')).text) as { databases: string };
    expect([first.databases, second.databases]).toEqual(['6 up to date, 1 made now', '6 up to date, 0 made now']);
  });

  it('see that no source has published yet, and that cron should tell somebody', async () => {
    const { text, code } = await ops(env, 'freshness');
    expect(code).toBe(3);
    for (const source of ['mosaic', 'niche'])
      expect(text).toMatch(new RegExp(`^${source} +never heard +never heard +never said +not known +late`, 'm'));
    expect(await ops({ ...env, AUTHORITY_FILE: 'none.json' }, 'freshness')).toMatchObject({
      text: expect.stringContaining('No source has published anything yet.'),
      code: 3,
    });
  });

  it('see how long each source has been silent, over all partitions, and when it is expected', async () => {
    const ago = (seconds: number) => Date.now() - seconds * 1000;
    const insert = 'INSERT INTO read_1.source_progress VALUES ($1, $2, $3, $4, $5, $6)';
    await inReadModel(insert, ['mosaic', 0, ago(600), ago(700), ago(600), 5]);
    await inReadModel(insert, ['mosaic', 1, ago(30), ago(40), ago(20), 7]);
    await inReadModel(insert, ['niche', 0, ago(90_000), ago(90_000), ago(90_000), 1]);
    // A check that has not arrived in every partition says nothing yet.
    await inReadModel('INSERT INTO read_1.coverage (source, service, partition, complete_to) VALUES ($1, $2, $3, $4)', [
      'mosaic',
      'childrens-social-care',
      0,
      ago(60),
    ]);
    const { text, code } = await ops(env, 'freshness', '--json', '--max-age', '86400');
    const { sources, lag } = JSON.parse(text) as { sources: Record<string, unknown>[]; lag: unknown };
    const [niche, mosaic] = ['niche', 'mosaic'].map((name) => sources.find(({ source }) => source === name));
    expect(niche).toMatchObject({ source: 'niche', events: 1, late: true });
    expect(mosaic).toMatchObject({ source: 'mosaic', events: 12, secondsSinceComplete: null, late: false });
    expect(mosaic?.secondsSinceApplied).toBeCloseTo(20, -1);
    // Every 15 minutes by the settings, and heard half a minute ago.
    expect(mosaic?.secondsUntilExpected).toBeCloseTo(870, -1);
    expect(lag).toEqual({ events: 0, seconds: 0 });
    expect(code).toBe(3);
    // The settings name sources that were never heard; without them, only what was heard can be judged.
    expect(sources.filter(({ late }) => late === true)).toHaveLength(9);
    expect((await ops(env, 'freshness', '--max-age', '100000')).code).toBe(3);
    expect((await ops({ ...env, AUTHORITY_FILE: 'none.json' }, 'freshness', '--max-age', '100000')).code).toBe(0);
    const late = await ops(env, 'freshness');
    expect(late.code).toBe(3);
    expect(late.text).toMatch(/niche .* late +1/);
  });

  it('see how far every partition has heard a source to be complete: of them the one that is furthest behind', async () => {
    const now = Date.now();
    await inReadModel('INSERT INTO read_1.source_progress VALUES ($1, $2, $3, $4, $5, $6)', ['mosaic', 0, now, now, now, 5]);
    await inReadModel(
      `INSERT INTO read_1.coverage (source, service, partition, complete_to)
       SELECT 'mosaic', 'childrens-social-care', part, $1::bigint - 1000 * CASE part WHEN 1 THEN 300 ELSE 60 END
       FROM control.generation, generate_series(0, partitions - 1) part WHERE state = 'live'`,
      [now],
    );
    const { sources } = JSON.parse((await ops(env, 'freshness', '--json')).text) as { sources: Record<string, unknown>[] };
    expect(sources.find(({ source }) => source === 'mosaic')!.secondsSinceComplete).toBeCloseTo(300, -2);
  });

  it('see it of a source that speaks for two services by the one it looked at longest ago', async () => {
    const now = Date.now();
    const insert = `INSERT INTO read_1.coverage (source, service, partition, complete_to)
      SELECT 'liquidlogic', $1, part, $2 FROM control.generation, generate_series(0, partitions - 1) part WHERE state = 'live'`;
    const complete = async () => {
      const { sources } = JSON.parse((await ops(env, 'freshness', '--json')).text) as { sources: Record<string, unknown>[] };
      return sources.find(({ source }) => source === 'liquidlogic')!.secondsSinceComplete;
    };
    await inReadModel('INSERT INTO read_1.source_progress VALUES ($1, $2, $3, $4, $5, $6)', ['liquidlogic', 0, now, now, now, 5]);
    await inReadModel(insert, ['school', now - 90_000_000]);
    expect(await complete()).toBeNull();
    await inReadModel(insert, ['early-help', now - 60_000]);
    await inReadModel(insert, ['childrens-social-care', now - 500_000]);
    expect(await complete()).toBeCloseTo(500, -2);
    await inReadModel(`DELETE FROM read_1.coverage WHERE service = 'childrens-social-care' AND partition = $1`, [0]);
    expect(await complete()).toBeCloseTo(60, -2);
  });

  it('see what is parked, of one source or of all, without the event itself', async () => {
    const insert = `INSERT INTO read_1.parked (topic, partition, log_offset, source, subject, code, expected, actual, bytes, published_at, parked_at, attempts)
      VALUES ('involvement-log', 2, 41, $1, $2, 'undecodable', 'Avro', 'bytes that end too early', $3, 1, $4, 1)`;
    const subject = '01234567-89ab-cdef-0123-456789abcdef';
    await inReadModel(insert, ['mosaic', subject, Buffer.from('Thomas Baker'), Date.now() - 600_000]);
    const { text, code } = await ops(env, 'parked');
    expect(text).toContain('involvement-log/2@41');
    expect(text).toContain('bytes that end too early');
    expect(text).toMatch(/undecodable +1 +10 min ago/);
    expect(code).toBe(3);
    const json = await ops(env, 'parked', '--json', '--subject', subject);
    expect(json.text).not.toContain('Thomas');
    expect(JSON.parse(json.text)).toMatchObject({
      total: 1,
      counts: [{ code: 'undecodable', count: 1 }],
      events: [{ offset: 41, subject }],
    });
    for (const filter of [
      ['--source', 'niche'],
      ['--code', 'key-missing'],
      ['--subject', subject.replace('0', '1')],
    ])
      expect(await ops(env, 'parked', ...filter)).toMatchObject({ text: 'Nothing is parked.', code: 0 });
    const codes: number[] = [];
    for (const more of ['--max-count 1', '--max-count 0', '--max-age 3600', '--max-age 60'])
      codes.push((await ops(env, 'parked', ...more.split(' '))).code);
    expect(codes).toEqual([0, 3, 0, 3]);
  });

  it('see who looked at what, newest first, and leave a record of having looked', async () => {
    const audit = await AuditLog.open({ url: env.AUDIT_URL ?? '' });
    const visit = { outcome: 'done', reader: 'amara.okafor', role: 'social-worker', team: 'Assessment East' } as const;
    await audit.record([{ ...visit, at: 1, action: 'signed-in', requestId: 'one' }]);
    await audit.record([{ ...visit, at: 2, action: 'opened-panel', requestId: 'two', shown: { service: 'school', from: 60_000 } }]);
    await audit.close();
    const { text } = await ops(env, 'audit', '--last', '5');
    expect(text.split('\n').map((line) => /opened-panel|signed-in|read-audit/.exec(line)?.[0])).toEqual([
      undefined,
      'opened-panel',
      'signed-in',
    ]);
    expect(text).toContain('amara.okafor (social-worker, Assessment East)');
    expect(text).toContain('"from":"1970-01-01T00:01:00.000Z"');
    expect((await readAudit(env.AUDIT_URL ?? '')).at(-1)).toMatchObject({
      action: 'read-audit',
      role: 'operations',
      shown: { records: 2 },
    });
  });

  it('show nothing when their own look can not be recorded', async () => {
    const { text, failure, code } = await ops({ ...env, AUDIT_URL: NOWHERE }, 'audit');
    expect([text, code]).toEqual(['', 1]);
    expect(failure).toMatch(/^✗ the audit store can't be reached \(ECONNREFUSED\)/);
  });

  it.each(['freshness', 'parked', 'balance', 'differences', 'requests', 'generations'])(
    'are told in one line, without a stack, that the read model is away (%s)',
    async (verb) => {
      const { failure, text, code } = await ops({ ...env, READ_MODEL_URL: NOWHERE }, verb);
      expect([text, code]).toEqual(['', 1]);
      expect(failure).toMatch(/^✗ the read model can't be reached \(ECONNREFUSED\)\..*deploy\/README\.md.*$/);
    },
  );

  it('see the read model although Kafka is away, and that nobody knows what is behind', async () => {
    await inReadModel('INSERT INTO read_1.source_progress VALUES ($1, $2, $3, $4, $5, $6)', ['mosaic', 0, ...Array(3).fill(Date.now()), 5]);
    const { text, code } = await ops({ ...env, KAFKA_BROKERS: '127.0.0.1:1' }, 'freshness', '--max-age', '900');
    expect(code).toBe(3);
    expect(text).toContain('mosaic');
    expect(text).toContain('How far folding is behind is not known: the log');
  });
});
