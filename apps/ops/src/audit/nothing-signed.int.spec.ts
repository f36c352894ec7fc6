/** Whoever leaves out what was signed, or brings another key, has proved nothing; and is told so. */
import { readFile, writeFile } from 'node:fs/promises';
import { Client } from 'pg';
import { ops } from '../../../../test/support/ops.js';
import { NOWHERE, OwnAudit, signingKey } from '../../../../test/support/own-audit.js';

const UNPROVEN = expect.stringMatching(/^✗ Nothing signed by this key was found .* so nothing is proved/) as string;
let audit: OwnAudit;
beforeAll(async () => {
  audit = await OwnAudit.open();
  await audit.record();
});
afterAll(() => audit?.close());

it('a log with nothing sealed yet is fine; one that is sealed is proved by what its own key signed, or not at all', async () => {
  const { env } = audit;
  const early = await ops(env, 'audit', 'verify');
  expect([early.code, early.text]).toEqual([0, expect.stringMatching(/^Nothing is sealed yet, so there is nothing to prove: \d/)]);
  expect(await ops(env, 'seal', '--once')).toMatchObject({ code: 0 });

  const [signed, whole, bare] = ['signed.jsonl', 'whole.jsonl', 'bare.jsonl'].map((name) => audit.file(name)) as [string, string, string];
  expect(await ops(env, 'audit', 'export', '--out', signed, '--reason', 'a test')).toMatchObject({ code: 0 });
  const lines = (await readFile(signed, 'utf8')).split('\n');
  await writeFile(whole, lines.join('\n'));
  await writeFile(bare, lines.filter((line) => !line.startsWith('{"note"')).join('\n'));
  const key = (await ops(env, 'audit', 'key')).text;
  const another = (await ops({ ...env, AUDIT_SIGNING_KEY: signingKey() }, 'audit', 'key')).text;

  const offline = (file: string, by: string) => ops(NOWHERE, 'audit', 'verify', '--export', file, '--key', by);
  expect(await offline(whole, key)).toMatchObject({ code: 0 });
  expect(await offline(bare, key)).toMatchObject({ code: 1, text: UNPROVEN });
  const foreign = await offline(whole, another);
  expect(foreign).toMatchObject({ code: 1, text: UNPROVEN });
  expect(foreign.text).toMatch(/[1-9]\d* checkpoints of the log itself are not signed by this key/);

  const owner = new Client({ connectionString: audit.url });
  await owner.connect();
  await owner.query('DELETE FROM audit.checkpoint');
  await owner.end();
  const nothingPushed = { ...env, AUDIT_CHECKPOINT_DIR: audit.file('empty') };
  expect(await ops(nothingPushed, 'audit', 'verify')).toMatchObject({ code: 1, text: UNPROVEN });
});
