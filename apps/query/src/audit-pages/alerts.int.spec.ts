/** That a restricted record was opened stands on the page an officer lands on, until one has looked into it. */
import { textOf } from '../../../../test/support/pages.js';
import { QueryApp } from '../../../../test/support/query-app.js';
import { Visitor } from '../../../../test/support/visitor.js';

let app: QueryApp;
beforeAll(async () => {
  app = await QueryApp.open();
});
afterAll(() => app?.close());

/** A manager opens a restricted record by the separate way in. @returns the person, and the request on record */
async function overridden(): Promise<{ person: string; requestId: string }> {
  const { person, recordId } = await app.people.record({ restriction: 'restricted' });
  const priya = await Visitor.signedIn(app.url, 'priya.nair');
  const fields = { caseId: recordId, why: 'strategy-meeting', words: '', reference: 'C-9' };
  const got = await priya.send('/restricted', { method: 'POST', body: new URLSearchParams(fields) });
  expect(got.status).toBe(303);
  await priya.read(`/people/${person}`);
  return { person, requestId: got.headers.get('x-request-id')! };
}
const officersPage = async () => app.get('/audit', 'ig.officer');
const send = async (path: string, fields: Record<string, string>, reader = 'ig.officer') => app.sendForm(path, fields, reader);

test('an officer finds it, sees what was looked at and why, and says what they found', async () => {
  expect((await officersPage()).text).not.toContain('/audit/alerts/');
  const { person } = await overridden();
  const landed = await officersPage();
  expect(textOf(landed.text)).toContain('Restricted records were opened: 1 alert nobody has looked into.');
  expect(textOf(landed.text)).toMatch(new RegExp(`priya\\.nair Whom Person ${person}`));
  expect((await app.auditOf(landed)).map(({ action, shown }) => [action, shown])).toEqual([
    ['read-audit', { page: 'audit/alerts', alerts: 1 }],
  ]);

  const path = /href="(\/audit\/alerts\/[0-9a-f-]{36})"/.exec(landed.text)![1]!;
  const alert = await app.get(path, 'ig.officer');
  expect(textOf(alert.text)).toMatch(/Opened a restricted record.*Strategy meeting, C-9/);
  expect(textOf(alert.text)).toContain('Viewed basic details and states');
  expect((await send(path, {})).status).toBe(400);
  const seen = await send(path, { reason: 'asked the manager: justified' });
  expect([seen.status, seen.headers.get('location')]).toEqual([303, path]);
  expect((await app.auditOf(seen)).find(({ action }) => action === 'operated')).toMatchObject({
    reader: 'ig.officer',
    reason: 'asked the manager: justified',
    shown: { verb: 'alerts/seen', alert: path.slice(-36) },
  });
  expect(textOf((await app.get(path, 'ig.officer')).text)).toMatch(
    /State: Looked into by ig\.officer on \d+ \w+ 20\d\d at [\d:]+: asked the manager: justified/,
  );
  expect((await officersPage()).text).not.toContain('/audit/alerts/');
});

test('a manager is told of none, and can’t say that one is looked into', async () => {
  await overridden();
  const path = /\/audit\/alerts\/[0-9a-f-]{36}/.exec((await officersPage()).text)![0];
  expect((await app.get('/audit', 'priya.nair')).text).not.toContain('/audit/alerts/');
  expect((await app.get(path, 'priya.nair')).status).toBe(403);
  expect((await send(path, { reason: 'it was me' }, 'priya.nair')).status).toBe(403);
  expect((await officersPage()).text).toContain(path);
  expect((await app.get('/audit/alerts/none', 'ig.officer')).status).toBe(404);
});

test('where alerts can’t be read the page says so, and the audit can still be asked', async () => {
  await app.people.pool.query('ALTER TABLE decided.alert RENAME TO alert_away');
  try {
    const got = await officersPage();
    expect([got.status, textOf(got.text).includes('Whether restricted records were opened can’t be told now.')]).toEqual([200, true]);
    expect(got.text).toContain('Show who looked');
  } finally {
    await app.people.pool.query('ALTER TABLE decided.alert_away RENAME TO alert');
  }
});
