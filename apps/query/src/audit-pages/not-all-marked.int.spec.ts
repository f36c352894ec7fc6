/** Of a log in which more was changed than is kept of it, not each entry is marked: lists, files and reports say so. */
import { AuditDesk, OFFICER } from '../../../../test/support/audit-desk.js';
import { textOf } from '../../../../test/support/pages.js';
import { SealedAndChecked } from '../../../../test/support/sealed-and-checked.js';

const MORE_THAN_KEPT = 101;
let desk: AuditDesk;
let sealed: SealedAndChecked;
let looked: Awaited<ReturnType<AuditDesk['someone']>>;
beforeAll(async () => {
  desk = await AuditDesk.open();
  sealed = await SealedAndChecked.open(desk.app.env.AUDIT_URL!);
  looked = await desk.someone();
  await desk.recorded({ reader: 'of.ours', person: looked.person, subjects: [looked.subject] });
  await desk.recorded({ reader: 'somebody.else' });
});
afterAll(async () => {
  await desk?.close();
  await sealed?.close();
});

const got = async (path: string) => (await desk.app.get(`/audit/people/${looked.person}${path}`, OFFICER)).text;

test('entries that were put in beyond what is kept are not marked, and nothing says that they are whole', async () => {
  await sealed.run();
  await sealed.owner.query(
    `INSERT INTO audit.entry (id, written_by, format, salts, commitments, at, action, outcome, reader, role, team, person, subjects, request_id)
     SELECT gen_random_uuid(), written_by, 1, '', '', at, 'viewed-person', 'done', 'put.in', role, team, person, subjects, gen_random_uuid()::text
     FROM audit.entry, generate_series(1, $2) WHERE person = $1 AND reader = 'of.ours'`,
    [looked.person, MORE_THAN_KEPT],
  );
  await desk.recorded({ reader: 'came.after' });
  await sealed.run();
  const note = 'not each entry that was changed, or put in, says so. Rely on no entry here';
  expect((await desk.whoLooked(looked.recordId)).text).toContain(note);
  const csv = await got('/csv');
  expect(csv).toContain(note);
  const ends = csv.split('\r\n').filter((line) => line.includes('put.in')).map((line) => line.split(',').at(-1)); // prettier-ignore
  expect([ends.length, ends.filter((end) => end === 'Not known').length]).toEqual([MORE_THAN_KEPT, 1]);
  expect(csv).not.toMatch(/,Nothing\r/);
  for (const report of [textOf(await got('/report/roles')), await got('/report/roles/csv')]) {
    expect(report).toContain('we do not know of each line whether it was changed');
    expect(report).not.toContain('No change was found');
  }
});
