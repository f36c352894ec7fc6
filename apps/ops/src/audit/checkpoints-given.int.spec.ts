/** Whoever gives a file to compare the log with believes that it was compared with the second place: what is no such file is refused. */
import { readFile, writeFile } from 'node:fs/promises';
import { ops } from '../../../../test/support/ops.js';
import { NOWHERE, OwnAudit, signingKey } from '../../../../test/support/own-audit.js';

let audit: OwnAudit;
beforeAll(async () => {
  audit = await OwnAudit.open();
  await audit.record();
  expect(await ops(audit.env, 'seal', '--once')).toMatchObject({ code: 0 });
});
afterAll(() => audit?.close());

it('an export, notes without leaves, and what another key has signed are refused, and why is said', async () => {
  const { env, pushed } = audit;
  const [out, notes, key, another] = [audit.file('log.jsonl'), audit.file('notes'), audit.file('log.key'), audit.file('other.key')];
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
  await writeFile(another, (await ops({ ...env, AUDIT_SIGNING_KEY: signingKey() }, 'audit', 'key')).text);

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
