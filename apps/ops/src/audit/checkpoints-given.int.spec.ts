/** Whoever gives a file to compare the log with believes that it was compared with the second place: what is no such file is refused. */
import { randomBytes, randomUUID } from 'node:crypto';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AuditLog, migrateAudit } from '#lib/audit';
import { freshDatabase } from '../../../../test/support/fresh.js';
import { ops } from '../../../../test/support/ops.js';

const NOWHERE = { ENVIRONMENT_FILE: '/nowhere', AUDIT_URL: 'postgres://nobody@127.0.0.1:1/none', AUDIT_CHECKPOINT_DIR: '/nowhere' };
let folder: string;
let env: Record<string, string>;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'audit-'));
  env = {
    ENVIRONMENT_FILE: join(folder, 'none.json'),
    AUDIT_URL: await freshDatabase('audit'),
    AUDIT_CHECKPOINT_DIR: join(folder, 'pushed'),
    AUDIT_SIGNING_KEY: randomBytes(32).toString('base64'),
    AUDIT_LOG_NAME: 'test.example/audit',
  };
  await migrateAudit(env.AUDIT_URL!);
  const log = await AuditLog.open({ url: env.AUDIT_URL! });
  await log.record([{ at: 1, action: 'viewed-person', outcome: 'done', requestId: randomUUID(), reader: 'amara.okafor' }]);
  await log.close();
  expect(await ops(env, 'seal', '--once')).toMatchObject({ code: 0 });
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const file = (name: string) => join(folder, name);

it('an export, notes without leaves, and what another key has signed are refused, and why is said', async () => {
  const [out, notes, key, another, pushed] = [
    file('log.jsonl'),
    file('notes'),
    file('log.key'),
    file('other.key'),
    file('pushed/checkpoints.jsonl'),
  ];
  expect(await ops(env, 'audit', 'export', '--out', out, '--reason', 'a test')).toMatchObject({ code: 0 });
  await writeFile(
    notes,
    (await readFile(out, 'utf8'))
      .split('\n')
      .filter((line) => line.startsWith('{"note"'))
      .join('\n'),
  );
  expect(await readFile(notes, 'utf8')).not.toBe('');
  await writeFile(key, (await ops(env, 'audit', 'key')).text);
  await writeFile(another, (await ops({ ...env, AUDIT_SIGNING_KEY: randomBytes(32).toString('base64') }, 'audit', 'key')).text);

  const offline = (checkpoints: string, by: string) =>
    ops(NOWHERE, 'audit', 'verify', '--export', out, '--checkpoints', checkpoints, '--key', by);
  expect(await offline(pushed, key)).toMatchObject({ code: 0 });
  const answers = [
    await offline(out, key),
    await offline(notes, key),
    await offline(pushed, another),
    await ops(env, 'audit', 'verify', '--checkpoints', out),
  ];
  for (const { code, text, failure } of answers)
    expect([code, text, failure]).toEqual([
      1,
      '',
      expect.stringMatching(/is not what was pushed to the second place.*Expected is checkpoints\.jsonl.*An export is no such file/s),
    ]);
});
