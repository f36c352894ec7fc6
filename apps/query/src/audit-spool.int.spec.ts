import { randomBytes, randomUUID } from 'node:crypto';
import { mkdtemp, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AuditLog, readAudit } from '#lib/audit';
import { Client } from 'pg';
import { eventually } from '../../../test/support/eventually.js';
import { type Got, QueryApp } from '../../../test/support/query-app.js';
import { Visitor } from '../../../test/support/visitor.js';
import { SpawnedApp } from '../../../test/support/spawned-app.js';
import { madeUpName, name } from '../../../test/support/stored-people.js';

const termsKey = randomBytes(32);
let folder: string;
let spool: string;
let app: QueryApp;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'spool-'));
  spool = join(folder, 'spool');
  app = await QueryApp.open({ AUDIT_SPOOL_DIR: spool, AUDIT_TERMS_KEY: termsKey.toString('base64') });
});
afterAll(async () => {
  await app?.close();
  await rm(folder, { recursive: true, force: true });
});

/** Ends every connection to the audit database and lets nobody in. */
async function databaseOf(url: string): Promise<{ stop(): Promise<void>; start(): Promise<void> }> {
  const database = new URL(url).pathname.slice(1);
  const run = async (...statements: string[]) => {
    const client = new Client({ connectionString: Object.assign(new URL(url), { pathname: '/postgres' }).href });
    await client.connect();
    for (const statement of statements) await client.query(statement);
    await client.end();
  };
  return {
    stop: () =>
      run(
        `ALTER DATABASE "${database}" ALLOW_CONNECTIONS false`,
        `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '${database}'`,
      ),
    start: () => run(`ALTER DATABASE "${database}" ALLOW_CONNECTIONS true`),
  };
}

describe('When the audit database is stopped', () => {
  it('readers go on, in the browser too, and every look is on record once it is back, exactly once', async () => {
    const family = madeUpName();
    const { person } = await app.people.record({ names: [name(family, 'Ada')] });
    const database = await databaseOf(app.env.AUDIT_URL!);
    const paths = [`/v1/people/${person}`, `/v1/people/${person}/services/school`, `/people/${person}`];
    const before = [];
    for (const path of paths) before.push(await app.get(path));
    const usual = [];
    for (const got of before) usual.push(await actionsOf(got));
    await database.stop();
    const meanwhile: Got[] = [];
    try {
      for (const path of paths) meanwhile.push(await app.get(path));
      expect(meanwhile.map(({ status }) => status)).toEqual([200, 200, 200]);
      expect(meanwhile[0]!.text.toUpperCase()).toContain(family.toUpperCase());
      const entering = await Visitor.signedIn(app.url, 'amara.okafor');
      await entering.openWithReason(`/people/${person}`);
      const page = await app.send(`/people/${person}`, { headers: entering.header });
      meanwhile.push(page);
      expect(page.status).toBe(200);
      const ready = await app.send('/health/ready', {});
      expect([ready.status, ready.body]).toMatchObject([
        200,
        { checks: expect.arrayContaining([{ name: 'audit log', ok: true, note: 'the database is away, records go to the spool' }]) },
      ]);
      const { text } = await app.send('/metrics', {});
      expect(text).toMatch(/^audit_database_away\{app="query"\} 1$/m);
      expect(text).toMatch(/^audit_spool_records\{app="query"\} [4-9]$/m);
    } finally {
      await database.start();
    }
    await eventually('the spool drained', async () => {
      const { text } = await app.send('/metrics', {});
      return /^audit_spool_records\{app="query"\} 0$/m.test(text) && /^audit_database_away\{app="query"\} 0$/m.test(text);
    });
    for (const [at, got] of meanwhile.entries()) expect(await actionsOf(got)).toEqual(usual[at] ?? usual[2]);
    expect(await readdir(spool)).toEqual([]);
    expect((await app.send('/health/ready', {})).text).not.toContain('note');
  });

  it('and the spool can’t be written either: 503 and not a byte about anybody', async () => {
    const family = madeUpName();
    const { person, recordId } = await app.people.record({ names: [name(family, 'Ada')] });
    const database = await databaseOf(app.env.AUDIT_URL!);
    await database.stop();
    await rename(spool, `${spool}.away`);
    await writeFile(spool, '');
    try {
      for (const path of [`/v1/people/${person}`, `/people/${person}`]) {
        const got = await app.get(path);
        expect(got.status).toBe(503);
        for (const secret of [family, recordId, person]) expect(got.text.toUpperCase()).not.toContain(secret.toUpperCase());
      }
      expect((await app.send('/health/ready', {})).status).toBe(503);
    } finally {
      await rm(spool);
      await rename(`${spool}.away`, spool);
      await database.start();
    }
    await eventually('an answer', async () => (await app.get(`/v1/people/${person}`)).status === 200);
  });
});

const actionsOf = async (got: Got) =>
  (await app.auditOf(got)).map(({ action, person, outcome, shown }) => ({ action, person, outcome, shown }));

describe('A query service killed in the middle of draining', () => {
  it('leaves nothing out and doubles nothing, once the next one has drained what was left', async () => {
    const leftBehind = join(folder, 'killed');
    const env: Record<string, string> = { ...app.env, AUDIT_SPOOL_DIR: leftBehind };
    const away = await AuditLog.open({ url: 'postgres://nobody@127.0.0.1:1/none', termsKey, spoolFolder: leftBehind, drainEvery: 60_000 });
    const visit = { at: 1, action: 'viewed-person', outcome: 'done', reader: 'killed' } as const;
    const requests = Array.from({ length: 12_000 }, () => randomUUID());
    for (let at = 0; at < requests.length; at += 1_000)
      await Promise.all(requests.slice(at, at + 1_000).map((requestId) => away.record([{ ...visit, requestId }])));
    await away.close();
    const stored = async () => (await readAudit(env.AUDIT_URL!, { last: 100_000, reader: 'killed' })).map(({ requestId }) => requestId);
    let kills = 0;
    while (kills < 2) {
      const before = (await stored()).length;
      const query = await SpawnedApp.start('query', env, { awaited: false });
      await eventually('more is drained', async () => (await stored()).length > before, { within: 30_000 });
      await query.kill();
      kills += 1;
      expect((await stored()).length).toBeLessThan(requests.length);
    }
    const last = await SpawnedApp.start('query', env);
    await eventually('the spool is empty', async () => (await readdir(leftBehind)).length === 0, { within: 30_000 });
    await last.stop();
    const all = await stored();
    expect(all.sort()).toEqual(requests.sort());
  });
});
