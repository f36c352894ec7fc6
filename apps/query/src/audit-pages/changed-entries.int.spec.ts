/** An entry that somebody changed in the database says so wherever it is read, and where one may be missing that is said too. */
import { randomUUID } from 'node:crypto';
import { keepFindings } from '#lib/audit';
import { AuditDesk, MANAGER, OFFICER } from '../../../../test/support/audit-desk.js';
import { textOf } from '../../../../test/support/pages.js';
import { SealedAndChecked } from '../../../../test/support/sealed-and-checked.js';

const MARK = 'Do not rely on this entry : not what was sealed: reason';
const NOTE = 'The audit log was changed in its database after it was sealed, or could not be compared';
const FORGED = 'forged.reader';
let desk: AuditDesk;
let sealed: SealedAndChecked;
let looked: Awaited<ReturnType<AuditDesk['someone']>>;
let untouched: Awaited<ReturnType<AuditDesk['someone']>>;
let at: number;
beforeAll(async () => {
  desk = await AuditDesk.open();
  sealed = await SealedAndChecked.open(desk.app.env.AUDIT_URL!);
  [looked, untouched] = [await desk.someone(), await desk.someone()];
  at = Date.now() - 60_000;
  const ofOurs = { at, reader: 'of.ours', role: 'social-worker', team: 'Assessment East' };
  const reason = { reason: 'section-47', reference: 'none-yet' };
  await desk.recorded({ ...ofOurs, ...reason, person: looked.person, subjects: [looked.subject] });
  await desk.recorded({ ...ofOurs, ...reason, person: untouched.person, subjects: [untouched.subject], reader: 'somebody.else' });
});
afterAll(async () => {
  await desk?.close();
  await sealed?.close();
});

const pageOf = async (path: string, reader = OFFICER) => textOf((await desk.app.get(path, reader)).text);
const csvOf = async (path: string) => (await desk.app.get(path, OFFICER)).text;

test('while nothing was found no list says anything of it', async () => {
  await sealed.run();
  const { text } = await desk.whoLooked(looked.recordId);
  expect(text).toContain('of.ours');
  for (const page of [text, await pageOf('/audit/looks/refused'), await pageOf(`/audit/people/${looked.person}/report/names`)])
    expect(page).not.toMatch(/Do not rely|was changed/);
  expect(await csvOf(`/audit/people/${looked.person}/report/names/csv`)).toContain('No change was found');
});

test('every list marks the entry that was changed and no other, and says that one may be missing', async () => {
  await sealed.owner.query(`UPDATE audit.entry SET reason = 'handover' WHERE person = $1 AND reader = 'of.ours'`, [looked.person]);
  await sealed.run();
  for (const [list, text, marked] of [
    ['of a person', (await desk.whoLooked(looked.recordId)).text, 1],
    ['of a person, to a manager', (await desk.whoLooked(looked.recordId, MANAGER)).text, 1],
    ['of a reader', (await desk.ask({ by: 'reader', reader: 'of.ours' })).text, 1],
    ['of another reader', (await desk.ask({ by: 'reader', reader: 'somebody.else' })).text, 0],
    ['of another person', (await desk.whoLooked(untouched.recordId)).text, 0],
    ['of the team', await pageOf('/audit/looks/team', MANAGER), 1],
    ['of reasons', await pageOf('/audit/looks/reasons'), 1],
    ['of overrides', await pageOf('/audit/looks/overrides'), 0],
    ['of refused looks', await pageOf('/audit/looks/refused'), 0],
    ['of those shown as one', await pageOf(`/audit/people/${looked.person}/exposure`), 0],
  ] as const)
    expect([list, text.includes(NOTE), text.split(MARK).length - 1]).toEqual([list, true, marked]);
  const csv = await csvOf(`/audit/people/${looked.person}/csv`);
  const [head, first, ...rows] = csv.trimEnd().split('\r\n');
  expect(head).toMatch(/,Found wrong with it$/);
  expect(first).toMatch(/^,+"?The audit log was changed .*may be missing here/);
  const wrong = (row: string) => row.split(',').at(-1)!;
  expect([rows.filter((row) => row.includes('of.ours')).map(wrong), new Set(rows.map(wrong))]).toEqual([
    ['not what was sealed: reason'],
    new Set(['not what was sealed: reason', 'Nothing', 'Not known yet']),
  ]);
});

test('what the rules found says that it may rest on such an entry, and so does the finding', async () => {
  const finding = { rule: 'outsideCaseload', role: 'social-worker', team: 'Assessment East', counts: { people: 9 } } as const;
  const from = { person: null, firstAt: at - 1_000, lastAt: at + 1_000, day: new Date(at).toISOString().slice(0, 10) };
  await keepFindings(
    sealed.owner,
    [
      { ...finding, ...from, reader: 'of.ours' },
      { ...finding, ...from, reader: 'somebody.else' },
    ],
    Date.now(),
  );
  const { text } = await desk.app.get('/audit/unusual', OFFICER);
  const rows = text.split('</tr>').map(textOf);
  const told = (reader: string) =>
    rows.find((row) => row.includes(reader) && row.includes('Week of'))!.includes('May rest on an entry that was changed');
  expect([told('of.ours'), told('somebody.else'), textOf(text).includes(NOTE)]).toEqual([true, false, true]);
  const { rows: kept } = await sealed.owner.query<{ id: string }>(`SELECT id FROM unusual.finding WHERE reader = 'of.ours'`);
  const shown = await pageOf(`/audit/unusual/${kept[0]!.id}`);
  expect([shown.includes(NOTE), shown.includes(MARK)]).toEqual([true, true]);
});

test('whoever asks who looked at them is told plainly which line is not what was recorded, and that one may be missing', async () => {
  for (const level of ['names', 'roles']) {
    const report = await pageOf(`/audit/people/${looked.person}/report/${level}`);
    expect(report).toContain('Not as it was recorded. This line was changed after it was recorded');
    expect(report).toContain('A look at your information may be missing from this report');
    expect(report).toContain('This is everybody who the record says looked at the information about you');
    expect(report).not.toContain('not what was sealed');
    const other = await pageOf(`/audit/people/${untouched.person}/report/${level}`);
    expect([other.includes('Not as it was recorded'), other.includes('may be missing from this report')]).toEqual([false, true]);
    const csv = await csvOf(`/audit/people/${looked.person}/report/${level}/csv`);
    expect(csv).toMatch(/^When.*As it was recorded\?\r\n,,"?Somebody changed the record.*\r\n/);
    expect(csv.split('\r\n').filter((line) => line.includes('No. This line was changed after'))).toEqual([
      expect.stringContaining('Opened the main page'),
    ]);
  }
  const nobody = await desk.someone();
  expect(await pageOf(`/audit/people/${nobody.person}/report/roles`)).toMatch(/may be missing from this report.*No look is on record/s);
});

test('an entry that was put in is marked, and what the rules found of it', async () => {
  await sealed.owner.query(
    `INSERT INTO audit.entry (id, written_by, format, salts, commitments, at, action, outcome, reader, role, team, person, subjects, request_id,
       reason, reference)
     SELECT gen_random_uuid(), written_by, 1, '', '', at, 'viewed-person', 'done', $2, role, team, person, subjects, $3, 'their words', 'C-4711'
     FROM audit.entry WHERE person = $1 AND reader = 'of.ours'`,
    [looked.person, FORGED, randomUUID()],
  );
  await sealed.run();
  const { text } = await desk.whoLooked(looked.recordId);
  expect(text).toContain(`Do not rely on this entry : it was put in among entries that were sealed Who, then ${FORGED}`);
  const report = await pageOf(`/audit/people/${looked.person}/report/names`);
  expect(report).toContain(`${FORGED} (Social worker, Assessment East)`);
  expect(report).toContain(
    'Not as it was recorded. This line was put in by somebody: the index did not record it, and it may never have happened',
  );
  const csv = await csvOf(`/audit/people/${looked.person}/report/names/csv`);
  expect(csv.split('\r\n').find((line) => line.includes(FORGED))).toContain('No. This line was put in by somebody');
  for (const told of [report, csv]) expect(told).not.toMatch(/their words|4711/);
  const from = { person: looked.person, firstAt: at, lastAt: at, day: new Date(at).toISOString().slice(0, 10), role: null, team: null };
  await keepFindings(sealed.owner, [{ ...from, rule: 'self', counts: {}, reader: FORGED }], Date.now());
  expect(await pageOf('/audit/unusual')).toMatch(/May rest on an entry that was changed Reader, then forged\.reader/);
});

test('where it can’t be read whether anything was found, the list is shown and says so', async () => {
  await sealed.owner.query('ALTER TABLE audit.mismatch RENAME TO mismatch_away');
  try {
    const { text } = await desk.whoLooked(looked.recordId);
    expect([text.includes('of.ours'), text.includes('Whether the audit log is what was sealed can’t be told now.')]).toEqual([true, true]);
    expect(await pageOf('/audit/unusual')).toContain('can’t be told now');
    const report = await pageOf(`/audit/people/${looked.person}/report/roles`);
    expect(report).toContain('Whether the record of who looked is as it was made can’t be told now.');
  } finally {
    await sealed.owner.query('ALTER TABLE audit.mismatch_away RENAME TO mismatch');
  }
});
