import { randomBytes } from 'node:crypto';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { CheckpointPlace, LogVerifier, PUSHED_FILE, PushedLog, Sealer, SigningKey, type Verdict, verifyExport } from '#lib/audit';
import { eventually } from '../../../../test/support/eventually.js';
import { textOf } from '../../../../test/support/pages.js';
import { type Got, QueryApp } from '../../../../test/support/query-app.js';

const key = new SigningKey('test.example/audit', randomBytes(32));
let app: QueryApp;
let folder: string;
beforeAll(async () => {
  app = await QueryApp.open();
  folder = await mkdtemp(join(tmpdir(), 'pushed-'));
});
afterAll(async () => {
  await app?.close();
  await rm(folder, { recursive: true, force: true });
});

const post = async (fields: Record<string, string>, reader = 'ig.officer'): Promise<Got> => app.sendForm('/audit/export', fields, reader);

async function sealAll(): Promise<void> {
  const sealer = await Sealer.open({ url: app.env.AUDIT_URL!, key, place: await CheckpointPlace.open(folder) });
  await eventually('everything being sealed', async () => (await sealer.turn()).oldestWaiting === null);
  await sealer.close();
}

/** As somebody elsewhere verifies it: with the file, the pushed checkpoints and the public key. */
async function verified(file: string): Promise<Verdict & { whole: boolean }> {
  const pushed = await PushedLog.read((await readFile(join(folder, PUSHED_FILE), 'utf8')).split('\n'), key.public);
  const verifier = new LogVerifier(key.public, pushed);
  const { whole } = await verifyExport(linesOf(file), verifier);
  return { ...verifier.verdict(), whole };
}
async function* linesOf(file: string) {
  yield* file.trimEnd().split('\n');
}

test('the exported log proves itself elsewhere, and names the row that a database administrator has edited', async () => {
  const { person } = await app.people.record();
  await app.get(`/people/${person}`);
  await sealAll();
  const got = await post({ reason: 'yearly check' });
  expect([got.status, got.headers.get('content-disposition')]).toEqual([200, 'attachment; filename="audit.jsonl"']);
  expect((await app.auditOf(got))[0]).toMatchObject({
    action: 'exported',
    reason: 'yearly check',
    shown: { page: 'audit/export', format: 'jsonl' },
  });
  const clean = await verified(got.text);
  expect(clean).toMatchObject({ holds: true, whole: true, first: null });
  expect(clean.sealed).toBeGreaterThan(1);

  await app.get(`/people/${person}`);
  await sealAll();
  const late = await verified(got.text);
  expect(late).toMatchObject({ holds: true, sealed: clean.sealed, later: { entries: expect.any(Number) } });
  const older = got.text.replace(/"exportedAt":\d+/, `"exportedAt":${late.later!.exportedAt - 120_000}`);
  expect(await verified(older)).toMatchObject({ holds: false, first: { kind: 'tail-cut', index: clean.sealed } });

  const owner = new Client({ connectionString: app.env.AUDIT_URL! });
  await owner.connect();
  await owner.query(`UPDATE audit.entry SET reader = 'somebody.else' WHERE seq = (SELECT seq FROM audit.sealed WHERE index = 1)`);
  await owner.end();
  expect(await verified((await post({ reason: 'again' })).text)).toMatchObject({ holds: false, first: { index: 1 } });
  expect(await verified(got.text.split('\n').slice(0, -2).join('\n'))).toMatchObject({ whole: false });
});

test('it wants a reason, and is nobody else’s', async () => {
  expect(textOf((await app.get('/audit/export', 'ig.officer')).text)).toContain('You get the whole log in one file');
  const without = await post({ reason: '' });
  expect([without.status, textOf(without.text).includes('Enter a reason')]).toEqual([400, true]);
  const manager = await post({ reason: 'curious' }, 'priya.nair');
  expect([manager.status, (await app.auditOf(manager))[0]]).toMatchObject([403, { action: 'exported', outcome: 'denied' }]);
});
