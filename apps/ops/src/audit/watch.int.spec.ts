/** Whoever owns the database changes the audit log: operators are told by themselves, nothing signs it, and it stays so until somebody says otherwise. */
import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { AuditLog, readAudit } from '#lib/audit';
import { appEnv } from '../../../../test/support/app-env.js';
import { eventually } from '../../../../test/support/eventually.js';
import { ops } from '../../../../test/support/ops.js';
import { SpawnedApp } from '../../../../test/support/spawned-app.js';

const WHY = ['--reason', 'incident 12'];
let folder: string;
let env: Record<string, string>;
let owner: Client;
let app: SpawnedApp;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'audit-'));
  env = {
    ...(await appEnv()),
    AUDIT_CHECKPOINT_DIR: join(folder, 'pushed'),
    AUDIT_CHECK_EVERY: '1',
    ENVIRONMENT_FILE: join(folder, 'none'),
  };
  owner = new Client({ connectionString: env.AUDIT_URL });
  await owner.connect();
  const log = await AuditLog.open({ url: env.AUDIT_URL! });
  for (let at = 0; at < 12; at += 1)
    await log.record([{ at: Date.now(), action: 'viewed-person', outcome: 'done', requestId: randomUUID(), reader: `reader.${at}` }]);
  await log.close();
  app = await SpawnedApp.start('ops', env, { args: ['seal', '--every', '0.2'] });
});
afterAll(async () => {
  await app?.stop();
  await owner?.end();
  await rm(folder, { recursive: true, force: true });
});

const metric = async (name: string) => {
  const text = await (await fetch(`${app.url}/metrics`)).text();
  return Number(new RegExp(`^${name}\\{app="seal"\\} (\\S+)$`, 'm').exec(text)?.[1] ?? NaN);
};
const out = (name: string) => join(folder, name);

it('a log that nobody touched is checked, and nobody is alarmed', async () => {
  await eventually('the whole log was checked', async () => (await metric('audit_whole_checked_at_seconds')) > 0);
  await eventually('all of it', async () => (await metric('audit_checked_entries_total')) >= 24);
  expect(await metric('audit_log_mismatches')).toBe(0);
  expect(await ops(env, 'alarms')).toMatchObject({ code: 0 });
  expect(await ops(env, 'audit', 'acknowledge', ...WHY)).toMatchObject({ code: 0, text: 'Nothing waits to be acknowledged.' });
});

it('one that was edited raises an alarm, and is neither signed nor exported unless as evidence', async () => {
  await owner.query(`UPDATE audit.entry SET reader = 'somebody.else' WHERE reader = 'reader.7'`);
  await eventually('the alarm', async () => (await metric('audit_log_mismatches')) === 1);
  const alarms = await ops(env, 'alarms');
  expect([alarms.code, alarms.text]).toEqual([3, expect.stringMatching(/audit-changed .*"firstIndex":7/)]);
  expect(app.output).toMatch(/"index":7,.*"msg":"the audit log is not what was sealed"/);
  expect(app.output).not.toContain('somebody.else');

  for (const name of ['a.csv', 'a.jsonl']) {
    const refused = await ops(env, 'audit', 'export', '--out', out(name), ...WHY);
    expect([refused.code, refused.failure]).toEqual([
      1,
      expect.stringMatching(/not signed, and no file is written.*First bad index: 7\./s),
    ]);
    expect([name, `${name}.sig`, `${name}.unproven`].filter((file) => existsSync(out(file)))).toEqual([]);
    const evidence = await ops(env, 'audit', 'export', '--out', out(name), '--unsigned', ...WHY);
    expect([evidence.code, evidence.text]).toEqual([3, expect.stringMatching(/unsigned: evidence, and no proof.*First bad index: 7\./s)]);
    expect([existsSync(out(`${name}.sig`)), (await readFile(out(name), 'utf8')).includes('somebody.else')]).toEqual([false, true]);
  }
});

it('the list of operations marks the entry and no other, says that one may be missing, and where it can’t be told says that', async () => {
  const wrong = async (reader: string) => {
    const { text, failure } = await ops(env, 'audit', 'list', '--reader', reader, '--json');
    return [(JSON.parse(text) as { foundWrong: string | null }[])[0]!.foundWrong, failure.includes('an entry may be missing')];
  };
  await eventually('the copy in the database', async () => (await wrong('somebody.else'))[1] === true);
  expect([await wrong('somebody.else'), await wrong('reader.3')]).toEqual([
    ['not what was sealed: reader', true],
    [null, true],
  ]);
  expect((await ops(env, 'audit', 'list', '--reader', 'somebody.else')).text).toMatch(/ found wrong\n.* not what was sealed: reader$/);
  await owner.query('ALTER TABLE audit.mismatch RENAME TO mismatch_away');
  try {
    expect(await wrong('reader.3')).toEqual(['it can’t be told now whether it was changed', false]);
  } finally {
    await owner.query('ALTER TABLE audit.mismatch_away RENAME TO mismatch');
  }
});

it('it stays so until it is acknowledged with words, which are on record', async () => {
  await owner.query('DELETE FROM audit.mismatch');
  expect(await ops(env, 'accept', '--alarm', 'audit-changed', ...WHY)).toMatchObject({
    code: 1,
    failure: expect.stringContaining('audit acknowledge'),
  });
  expect(await ops(env, 'audit', 'acknowledge')).toMatchObject({ code: 1, failure: expect.stringContaining('Say why') });
  const dry = await ops(env, 'audit', 'acknowledge', '--dry-run');
  expect([dry.code, dry.text]).toEqual([0, 'Acknowledged would be:\n  7 (edit): not what was sealed: reader']);
  expect(await ops(env, 'alarms')).toMatchObject({ code: 3 });

  expect(await ops(env, 'audit', 'acknowledge', ...WHY)).toMatchObject({ code: 0 });
  expect(await ops(env, 'alarms')).toMatchObject({ code: 0 });
  expect(await readAudit(env.AUDIT_URL!, { last: 1 })).toMatchObject([
    { action: 'operated', reason: 'incident 12', shown: { verb: 'audit acknowledge', found: 1, firstIndex: 7 } },
  ]);
  await eventually('the metric', async () => (await metric('audit_log_mismatches')) === 0);
  expect(await ops(env, 'audit', 'verify')).toMatchObject({ code: 3 });
});

it('one that the sealer refuses to go on with raises it too', async () => {
  await owner.query('DELETE FROM audit.sealed WHERE index > 5');
  await eventually('the alarm', async () => (await ops(env, 'alarms')).code === 3);
  await eventually('both', async () => {
    const { text } = await ops(env, 'audit', 'acknowledge', '--dry-run');
    return /6 to \d+ \(deletion\)/.test(text) && text.includes('the whole log (tail-cut): nothing is signed');
  });
});

it('it is told even where nothing can be noted in the audit’s own database', async () => {
  await eventually('all being acknowledged', async () => {
    await ops(env, 'audit', 'acknowledge', ...WHY);
    return (await metric('audit_log_mismatches')) === 0;
  });
  await owner.query('ALTER TABLE audit.mismatch RENAME TO mismatch_away');
  await owner.query(`UPDATE audit.entry SET reader = NULL WHERE reader = 'reader.2'`);
  await eventually('the alarm', async () => /audit-changed .*"firstIndex":2/.test((await ops(env, 'alarms')).text));
  expect(await metric('audit_log_mismatches')).toBeGreaterThan(0);
});
