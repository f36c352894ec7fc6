import { copyFile, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { readAudit } from '#lib/audit';
import { ops } from '../../../../test/support/ops.js';
import { QueryApp } from '../../../../test/support/query-app.js';

let folder: string;
let file: string;
let app: QueryApp;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'settings-'));
  file = join(folder, 'authority.json');
  await copyFile('deploy/authority/northbridge.json', file);
  app = await QueryApp.open({ AUTHORITY_FILE: file });
});
afterAll(async () => {
  await app?.close();
  await rm(folder, { recursive: true, force: true });
});

const run = (...args: string[]) => ops(app.env, 'settings', ...args);
const versions = async () =>
  JSON.parse((await run('--json')).text) as { version: number; appliedBy: string | null; inUseSince: number | null }[];
const onRecord = async () => (await readAudit(app.env.AUDIT_URL!, { last: 100 })).filter(({ action }) => action === 'changed-settings');
async function startAgain(): Promise<void> {
  await (await QueryApp.open(app.env)).close();
}
/** A file with the settings now, changed. */
async function changed(name: string, change: (text: string) => string): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, change(await readFile(file, 'utf8')));
  return path;
}

describe('Settings', () => {
  it('are kept as the first version by the query service when it starts, and it is on record that people are read by them', async () => {
    expect(await versions()).toEqual([
      expect.objectContaining({ version: 1, appliedBy: null, reason: null, inUseSince: expect.any(Number), digest: expect.any(String) }),
    ]);
    expect((await run()).text).toContain('nobody said who');
    expect((await run('diff')).text).toBe('Version 1 is the first that was kept: there is none before it to compare it with.');
    expect(await onRecord()).toMatchObject([{ outcome: 'done', reader: null, shown: { inUse: 1, applied: false } }]);
  });

  it('say field by field what a file would change, and change nothing without a reason', async () => {
    const next = await changed('next.json', (text) => text.replace('"fromAge": 18', '"fromAge": 16'));
    const dry = await run('apply', next, '--dry-run');
    expect([dry.code, dry.text]).toEqual([0, 'Would change:\nservices › police › fromAge: was 18, is 16']);
    const leftOut = await changed('left-out.json', (text) => text.replace('"fromAge": 18,', ''));
    expect((await run('apply', leftOut, '--dry-run')).text).toMatch(/^Would change:\nNothing that people are read by/);
    expect((await run('apply', next)).failure).toContain('Say why: --reason');
    expect(await versions()).toHaveLength(1);
  });

  it('are applied once it is on record who does it, why and to which fields; they are used from the next start on', async () => {
    const next = join(folder, 'next.json');
    const applied = await run('apply', next, '--reason', 'agreed 12 November');
    expect([applied.code, applied.text]).toEqual([0, expect.stringContaining('Version 2 is applied.')]);
    expect(await readFile(file, 'utf8')).toBe(await readFile(next, 'utf8'));
    const { username } = userInfo();
    expect((await onRecord()).at(-1)).toMatchObject({
      reader: username,
      reason: 'agreed 12 November',
      shown: { verb: 'settings/apply', before: 1, fields: ['services › police › fromAge'] },
    });
    expect((await versions())[0]).toMatchObject({ version: 2, appliedBy: username, inUseSince: null });
    await startAgain();
    await startAgain();
    expect((await versions())[0]).toMatchObject({ version: 2, inUseSince: expect.any(Number) });
    expect((await onRecord()).filter(({ shown }) => shown?.inUse === 2)).toMatchObject([{ shown: { applied: true } }]);
    expect((await run('apply', next, '--reason', 'again')).text).toContain('there is nothing to apply');
  });

  it('that were changed behind everybody’s back are kept as well, and it is on record that nobody said so', async () => {
    await writeFile(file, (await readFile(file, 'utf8')).replace('"Northbridge Council"', '"Northbridge"'));
    await startAgain();
    expect((await versions())[0]).toMatchObject({ version: 3, appliedBy: null });
    expect((await onRecord()).at(-1)).toMatchObject({ reader: null, shown: { inUse: 3, applied: false } });
    expect((await run('diff')).text).toBe(
      'Version 2 → 3, applied by nobody: found in the file\nname: was "Northbridge Council", is "Northbridge"',
    );
  });

  it('are compared between any two versions', async () => {
    const { text } = await run('diff', '--from', '1', '--to', '2', '--json');
    expect(JSON.parse(text)).toMatchObject({ from: 1, to: 2, differences: [{ field: 'services › police › fromAge', was: 18, is: 16 }] });
    expect((await run('diff', '--from', '3', '--to', '3')).text).toContain('Nothing differs.');
    expect((await run('diff', '--to', '9')).failure).toContain('There is no version 9: they go from 1 to 3.');
  });

  it('with a mistake are refused, each mistake named, and so is a file that is no JSON', async () => {
    const wrong = await changed('wrong.json', (text) => text.replace('"fromAge": 16', '"fromAge": -1').replace('"housing"', '"hosing"'));
    const refused = await run('apply', wrong, '--reason', 'x');
    expect(refused.code).toBe(1);
    expect(refused.failure).toMatch(/services › adult-social-care › fromAge: [^]*services › hosing › service: /);
    expect((await run('apply', await changed('half.json', (text) => text.slice(0, 99)), '--reason', 'x')).code).toBe(1);
    expect(await versions()).toHaveLength(3);
  });

  it('that can’t be put in place are not kept either, and that is on record', async () => {
    const next = await changed('again.json', (text) => text.replace('"Northbridge"', '"Northbridge Council"'));
    const { code } = await ops(
      { ...app.env, AUTHORITY_FILE: join(folder, 'nowhere', 'authority.json') },
      'settings',
      'apply',
      next,
      '--reason',
      'x',
    );
    expect(code).toBe(1);
    expect(await versions()).toHaveLength(3);
    expect((await onRecord()).at(-1)).toMatchObject({ outcome: 'refused', shown: { verb: 'settings/apply', refused: 'ENOENT' } });
  });

  it('once kept stay: no version can be changed or taken away, but for since when it is used', async () => {
    const client = new Client({ connectionString: app.env.SESSIONS_URL });
    await client.connect();
    for (const statement of [
      'DELETE FROM kept.settings',
      `UPDATE kept.settings SET reason = 'another' WHERE version = 2`,
      'UPDATE kept.settings SET in_use_since = 1 WHERE version = 1',
    ])
      await expect(client.query(statement)).rejects.toThrow('stays as it was applied');
    await client.end();
  });
});
