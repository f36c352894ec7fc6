/** Whether the audit log is what was sealed stands on the page an officer lands on, and operators find it too. */
import { acknowledgeFound, copyFoundFrom, readFound, waiting } from '#lib/audit';
import { AUDIT_CHANGED, keepOutsideAlarm } from '#lib/read-model';
import { textOf } from '../../../../test/support/pages.js';
import { QueryApp } from '../../../../test/support/query-app.js';
import { SealedAndChecked } from '../../../../test/support/sealed-and-checked.js';

let app: QueryApp;
let sealed: SealedAndChecked;
beforeAll(async () => {
  app = await QueryApp.open();
  sealed = await SealedAndChecked.open(app.env.AUDIT_URL!);
});
afterAll(async () => {
  await app?.close();
  await sealed?.close();
});

const entry = async (index: number) => {
  const { rows } = await sealed.owner.query<{ id: string }>('SELECT id FROM audit.entry JOIN audit.sealed USING (seq) WHERE index = $1', [
    index,
  ]);
  return textOf((await app.get(`/audit/entries/${rows[0]!.id}`, 'ig.officer')).text);
};
const page = async (reader = 'ig.officer') => textOf((await app.get('/audit', reader)).text);

test('an officer is told when nobody checks the log, and since when it was found to be as sealed', async () => {
  expect(await page()).toContain('Nobody checks whether the audit log is what was sealed: it has not been checked yet.');
  await sealed.check();
  const early = await page();
  expect(early).toMatch(/not known yet: when it was last checked, on .*, nothing that was sealed was found, so nothing of it was compared/);
  expect(early).not.toMatch(/found to be what was sealed|\b0 records/);
  const { person } = await app.people.record();
  await app.get(`/people/${person}`);
  await sealed.run();
  expect(textOf((await app.get('/audit/export', 'ig.officer')).text)).not.toContain('You would export the log as it stands');
  expect(await page()).toMatch(/found to be what was sealed: its last hour on .*, all [1-9]\d* records? of it on/);
  await sealed.owner.query('UPDATE audit.watch SET newest_at = newest_at - 3600000');
  expect(await page()).toMatch(/Nobody checks whether the audit log is what was sealed: its newest entries were last checked on/);
});

test('an edited log is said with its first bad index until it is acknowledged, and then stays listed', async () => {
  await sealed.owner.query(`UPDATE audit.entry SET reader = 'somebody.else' WHERE seq = (SELECT seq FROM audit.sealed WHERE index = 1)`);
  await sealed.run();
  const told = await page();
  expect(told).toContain('The audit log is not what was sealed. First bad index: 1.');
  expect(told).toContain('npm run ops -- audit acknowledge');
  expect(told).toContain('not what was sealed: reader');
  expect(told).not.toMatch(/somebody\.else|found to be what was sealed/);
  expect(await page('priya.nair')).not.toContain('what was sealed');
  const exporting = textOf((await app.get('/audit/export', 'ig.officer')).text);
  expect(exporting).toContain('First bad index: 1.');
  expect(exporting).toContain('You would export the log as it stands, with what was changed in it.');
  const [changed, whole] = [await entry(1), await entry(0)];
  expect(changed).toContain('This entry is not what was sealed (not what was sealed: reader). Do not rely on what is shown of it.');
  expect(whole).not.toContain('not what was sealed');

  const ids = waiting(await readFound(sealed.folder)).map(({ id }) => id);
  await acknowledgeFound(sealed.folder, ids, { at: Date.now(), by: 'ola', words: 'incident 12' });
  await copyFoundFrom(sealed.folder, app.env.AUDIT_URL!);
  const after = await page();
  expect(after).toContain('found to be what was sealed, but for what is listed below');
  expect(await entry(1)).toContain('This entry is not what was sealed');
  expect(textOf((await app.get('/audit/export', 'ig.officer')).text)).toContain('You would export the log as it stands');
  expect(after).toMatch(/Acknowledged 1 What is wrong not what was sealed: reader .*by ola: incident 12/);
});

test('where it can’t be read the page says so, and the audit can still be asked', async () => {
  await sealed.owner.query('ALTER TABLE audit.watch RENAME TO watch_away');
  try {
    const got = await app.get('/audit', 'ig.officer');
    expect([got.status, textOf(got.text).includes('Whether the audit log is what was sealed can’t be told now.')]).toEqual([200, true]);
    expect(got.text).toContain('Show who looked');
  } finally {
    await sealed.owner.query('ALTER TABLE audit.watch_away RENAME TO watch');
  }
});

test('operators are told, and not that everything is current', async () => {
  await keepOutsideAlarm(app.people.pool, AUDIT_CHANGED, { firstIndex: 1, kind: 'edit', found: 1 });
  const told = textOf((await app.get('/operations', 'ola.berg')).text);
  expect(told).toMatch(/Alarm audit-changed, for .*First bad index 1/s);
  expect(told).not.toContain('Everything is current');
  await keepOutsideAlarm(app.people.pool, AUDIT_CHANGED, null);
  expect(textOf((await app.get('/operations', 'ola.berg')).text)).not.toContain('audit-changed');
});
