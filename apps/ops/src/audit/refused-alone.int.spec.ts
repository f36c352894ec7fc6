/** Nothing is signed, although every entry that is there is as it was: operators are told of that alone. */
import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AuditLog, readAudit } from '#lib/audit';
import type { Running } from '#lib/runtime';
import { appEnv } from '../../../../test/support/app-env.js';
import { eventually } from '../../../../test/support/eventually.js';
import { ops } from '../../../../test/support/ops.js';
import { startSealing } from './start-sealing.js';

const WHY = ['--reason', 'incident 13'];
let folder: string;
let env: Record<string, string>;
let sealing: Running | undefined;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'audit-'));
  const pushed = join(folder, 'pushed');
  env = { ...(await appEnv()), AUDIT_CHECKPOINT_DIR: pushed, AUDIT_CHECK_EVERY: '1', ENVIRONMENT_FILE: join(folder, 'none') };
  const log = await AuditLog.open({ url: env.AUDIT_URL! });
  await log.record([{ at: Date.now(), action: 'viewed-person', outcome: 'done', requestId: randomUUID() }]);
  await log.close();
  sealing = await startSealing(env, { everyMs: 200 });
  await eventually('the entry is sealed', async () => (await readAudit(env.AUDIT_URL!, { last: 1 }))[0]!.index === 0);
  await sealing.stop();
  sealing = undefined;
  await rm(pushed, { recursive: true });
  sealing = await startSealing(env, { everyMs: 200 });
});
afterAll(async () => {
  await sealing?.stop();
  await rm(folder, { recursive: true, force: true });
});

const mismatches = async () =>
  /^audit_log_mismatches\{app="seal"\} (\S+)$/m.exec(await (await fetch(`${sealing!.url}/metrics`)).text())?.[1];

it('a sealer that refuses raises the alarm by itself, once for all its turns, until that is acknowledged', async () => {
  await eventually('the alarm', async () => (await ops(env, 'alarms')).code === 3);
  const { text } = await ops(env, 'alarms');
  expect(text).toMatch(/audit-changed .*"kind":"pushed-missing"/);
  expect(text).toMatch(/"found":1\b/);
  expect(text).not.toContain('firstIndex');
  await eventually('the metric', async () => (await mismatches()) === '1');
  const dry = await ops(env, 'audit', 'acknowledge', '--dry-run');
  expect(dry.text).toBe(
    'Acknowledged would be:\n  the whole log (pushed-missing): nothing is signed: the place that checkpoints are pushed to was emptied',
  );
  expect(await ops(env, 'audit', 'acknowledge', ...WHY)).toMatchObject({ code: 0 });
  await eventually('nothing waits', async () => (await mismatches()) === '0');
  expect(await ops(env, 'alarms')).toMatchObject({ code: 0 });
});
