/** Whoever leaves out what was signed, or brings another key, has proved nothing; and is told so. */
import { randomBytes, randomUUID } from 'node:crypto';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { AuditLog, migrateAudit } from '#lib/audit';
import { freshDatabase } from '../../../../test/support/fresh.js';
import { ops } from '../../../../test/support/ops.js';

const NOWHERE = { ENVIRONMENT_FILE: '/nowhere', AUDIT_URL: 'postgres://nobody@127.0.0.1:1/none', AUDIT_CHECKPOINT_DIR: '/nowhere' };
const UNPROVEN = expect.stringMatching(/^✗ Nothing signed by this key was found .* so nothing is proved/) as string;
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
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const anotherKey = () => randomBytes(32).toString('base64');

it('a log with nothing sealed yet is fine; one that is sealed is proved by what its own key signed, or not at all', async () => {
  const early = await ops(env, 'audit', 'verify');
  expect([early.code, early.text]).toEqual([0, expect.stringMatching(/^Nothing is sealed yet, so there is nothing to prove: \d/)]);
  expect(await ops(env, 'seal', '--once')).toMatchObject({ code: 0 });

  const [signed, whole, bare] = ['signed.jsonl', 'whole.jsonl', 'bare.jsonl'].map((name) => join(folder, name)) as [string, string, string];
  expect(await ops(env, 'audit', 'export', '--out', signed, '--reason', 'a test')).toMatchObject({ code: 0 });
  const lines = (await readFile(signed, 'utf8')).split('\n');
  await writeFile(whole, lines.join('\n'));
  await writeFile(bare, lines.filter((line) => !line.startsWith('{"note"')).join('\n'));
  const key = (await ops(env, 'audit', 'key')).text;
  const another = (await ops({ ...env, AUDIT_SIGNING_KEY: anotherKey() }, 'audit', 'key')).text;

  const offline = (file: string, by: string) => ops(NOWHERE, 'audit', 'verify', '--export', file, '--key', by);
  expect(await offline(whole, key)).toMatchObject({ code: 0 });
  expect(await offline(bare, key)).toMatchObject({ code: 1, text: UNPROVEN });
  const foreign = await offline(whole, another);
  expect(foreign).toMatchObject({ code: 1, text: UNPROVEN });
  expect(foreign.text).toMatch(/[1-9]\d* checkpoints of the log itself are not signed by this key/);

  const owner = new Client({ connectionString: env.AUDIT_URL! });
  await owner.connect();
  await owner.query('DELETE FROM audit.checkpoint');
  await owner.end();
  const nothingPushed = { ...env, AUDIT_CHECKPOINT_DIR: join(folder, 'empty') };
  expect(await ops(nothingPushed, 'audit', 'verify')).toMatchObject({ code: 1, text: UNPROVEN });
});
