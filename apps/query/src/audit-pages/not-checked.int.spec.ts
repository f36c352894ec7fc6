/** Where nobody has looked whether the log is what was sealed, no list, file or report reads as though somebody had. */
import { AuditDesk, OFFICER } from '../../../../test/support/audit-desk.js';
import { textOf } from '../../../../test/support/pages.js';
import { SealedAndChecked } from '../../../../test/support/sealed-and-checked.js';

const NOTE = 'Whether the audit log was changed since it was written is not known';
const DOUBT = 'Whether the record of who looked is as it was made is not known';
let desk: AuditDesk;
let sealed: SealedAndChecked;
let looked: Awaited<ReturnType<AuditDesk['someone']>>;
beforeAll(async () => {
  desk = await AuditDesk.open();
  sealed = await SealedAndChecked.open(desk.app.env.AUDIT_URL!);
  looked = await desk.someone();
  await desk.recorded({ reader: 'of.ours', person: looked.person, subjects: [looked.subject] });
});
afterAll(async () => {
  await desk?.close();
  await sealed?.close();
});

const got = async (path: string) => (await desk.app.get(`/audit/people/${looked.person}${path}`, OFFICER)).text;

/** Whether a list, its file, a report and its file say that it is not known whether the log is as it was. */
async function doubted() {
  const { text } = await desk.whoLooked(looked.recordId);
  const files = [await got('/csv'), await got('/report/roles/csv')];
  expect([text, ...files].filter((told) => !told.includes('Elsewhere'))).toEqual([]);
  return [text.includes(NOTE), files[0]!.includes(NOTE), textOf(await got('/report/roles')).includes(DOUBT), files[1]!.includes(DOUBT)];
}
/** What the two files say at the end of each line but the first. */
const saidOf = async (path: string) => {
  const lines = (await got(path)).trimEnd().split('\r\n').slice(1);
  return new Set(lines.filter((line) => !line.startsWith(',')).map((line) => line.split(',').at(-1)));
};

test('before any check of it, where the first found nothing sealed, and once nobody checks it any more, that is said', async () => {
  expect(await doubted()).toEqual([true, true, true, true]);
  expect([await saidOf('/csv'), await saidOf('/report/roles/csv')]).toEqual([new Set(['Not known']), new Set(['Not known'])]);
  await sealed.check();
  expect(await doubted()).toEqual([true, true, true, true]);
  expect([await saidOf('/csv'), await saidOf('/report/roles/csv')]).toEqual([new Set(['Not known']), new Set(['Not known'])]);
  await sealed.run();
  expect(await doubted()).toEqual([false, false, false, false]);
  await sealed.owner.query('UPDATE audit.watch SET newest_at = newest_at - 3600000');
  expect(await doubted()).toEqual([true, true, true, true]);
  expect([await saidOf('/csv'), await saidOf('/report/roles/csv')]).toEqual([new Set(['Not known']), new Set(['Not known'])]);
  expect(textOf(await got('/report/roles'))).not.toContain('what was changed');
  await sealed.owner.query('UPDATE audit.watch SET newest_at = newest_at + 3600000, whole_at = whole_at - 21 * 86400000::bigint');
  expect(await doubted()).toEqual([true, true, true, true]);
});

test('that nothing was found is said of what was checked, and not of what came after', async () => {
  await sealed.run();
  await desk.recorded({ reader: 'came.after', person: looked.person, subjects: [looked.subject] });
  const lines = (await got('/csv')).split('\r\n');
  const endOf = (reader: string) =>
    lines
      .find((line) => line.includes(reader))!
      .split(',')
      .at(-1);
  expect([endOf('of.ours'), endOf('came.after')]).toEqual(['Nothing', 'Not known yet']);
  expect(await saidOf('/report/roles/csv')).toEqual(new Set(['No change was found', 'Not known yet']));
});
