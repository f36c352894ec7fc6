import { jest } from '@jest/globals';
import type { CommandRunner } from 'nest-commander';
import { AuditLog, readAudit } from '#lib/audit';
import { openReadModel } from '#lib/read-model';
import { appEnv } from '../../../test/support/app-env.js';

// nest-commander is CommonJS and Nest is not: in Jest, Nest must be there before nest-commander asks for it.
await import('@nestjs/common');
const { AuditVerb } = await import('./verbs/audit.js');
const { FreshnessVerb } = await import('./verbs/freshness.js');
const { ParkedVerb } = await import('./verbs/parked.js');
const { PrepareVerb } = await import('./verbs/prepare.js');

let env: Record<string, string>;
const before = { ...process.env };
beforeEach(async () => {
  env = await appEnv();
  Object.assign(process.env, env);
});
afterEach(() => {
  process.env = { ...before };
  process.exitCode = undefined;
});

/** What a verb printed, as one text, and the exit code it set. */
async function told(verb: CommandRunner, options: Record<string, unknown> = {}): Promise<{ text: string; code: unknown }> {
  const log = jest.spyOn(console, 'log').mockImplementation(() => undefined);
  try {
    await verb.run([], options);
    return { text: log.mock.calls.flat().join('\n'), code: process.exitCode };
  } finally {
    log.mockRestore();
  }
}

async function inReadModel(statement: string, values: unknown[]): Promise<void> {
  const pool = openReadModel(env.READ_MODEL_URL ?? '');
  await pool.query(statement, values);
  await pool.end();
}

describe('Operations', () => {
  it('prepare databases that are not there yet, and find nothing to do the second time', async () => {
    process.env.AUDIT_URL = `${env.AUDIT_URL}-new`;
    const first = JSON.parse((await told(new PrepareVerb(), { json: true })).text) as { databases: string };
    const second = JSON.parse((await told(new PrepareVerb(), { json: true })).text) as { databases: string };
    expect([first.databases, second.databases]).toEqual(['4 up to date, 1 made now', '4 up to date, 0 made now']);
  });

  it('see that no source has published yet, and that cron should tell somebody', async () => {
    expect(await told(new FreshnessVerb())).toEqual({ text: 'No source has published anything yet.', code: 3 });
  });

  it('see how long each source has been silent, over all partitions', async () => {
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
    const { text, code } = await told(new FreshnessVerb(), { json: true, maxAge: 86_400 });
    const [niche, mosaic] = JSON.parse(text) as { source: string; secondsSinceApplied: number; events: number }[];
    expect(niche).toMatchObject({ source: 'niche', events: 1 });
    expect(mosaic).toMatchObject({ source: 'mosaic', events: 12, secondsSinceComplete: null });
    expect(mosaic?.secondsSinceApplied).toBeCloseTo(20, -1);
    expect(code).toBe(3);
    expect((await told(new FreshnessVerb(), { maxAge: 100_000 })).code).toBe(0);
  });

  it('see what is parked, of one source or of all, without the event itself', async () => {
    const insert = `INSERT INTO read_1.parked (topic, partition, log_offset, source, code, expected, actual, bytes, parked_at, attempts)
      VALUES ('involvement-log', 2, 41, $1, 'undecodable', 'Avro', 'bytes that end too early', $2, 1, 1)`;
    await inReadModel(insert, ['mosaic', Buffer.from('Thomas Baker')]);
    const { text, code } = await told(new ParkedVerb(), {});
    expect(text).toContain('involvement-log/2@41');
    expect(text).toContain('bytes that end too early');
    expect(code).toBe(3);
    expect((await told(new ParkedVerb(), { json: true })).text).not.toContain('Thomas');
    expect(await told(new ParkedVerb(), { source: 'niche' })).toEqual({ text: 'Nothing is parked.', code: 0 });
  });

  it('see who looked at what, newest first, and leave a record of having looked', async () => {
    const audit = await AuditLog.open({ url: env.AUDIT_URL ?? '' });
    const visit = { outcome: 'done', reader: 'amara.okafor', role: 'social-worker', team: 'Assessment East' } as const;
    await audit.record([{ ...visit, at: 1, action: 'signed-in', requestId: 'one' }]);
    await audit.record([{ ...visit, at: 2, action: 'opened-panel', requestId: 'two', shown: { service: 'school' } }]);
    await audit.close();
    const { text } = await told(new AuditVerb(), { last: 5 });
    expect(text.split('\n').map((line) => /opened-panel|signed-in|read-audit/.exec(line)?.[0])).toEqual([
      undefined,
      'opened-panel',
      'signed-in',
    ]);
    expect(text).toContain('amara.okafor (social-worker, Assessment East)');
    expect((await readAudit(env.AUDIT_URL ?? '')).at(-1)).toMatchObject({
      action: 'read-audit',
      role: 'operations',
      shown: { records: 2 },
    });
  });

  it('show nothing when their own look can not be recorded', async () => {
    const record = jest.spyOn(AuditLog.prototype, 'record').mockRejectedValue(new Error('disk full'));
    const log = jest.spyOn(console, 'log').mockImplementation(() => undefined);
    await expect(new AuditVerb().run([], {})).rejects.toThrow('disk full');
    expect(log).not.toHaveBeenCalled();
    record.mockRestore();
    log.mockRestore();
  });
});
