/** What a source team does with a file, by page alone: with ingest, its database and the log behind it. */
import { HEADER, openWithIngest, rowsOf } from '../../../../test/support/stored-files.js';
import { textOf } from '../../../../test/support/pages.js';
import type { Got, QueryApp } from '../../../../test/support/query-app.js';

let app: QueryApp;
let stop: () => Promise<void>;
beforeAll(async () => {
  ({ app, stop } = await openWithIngest());
});
afterAll(() => stop?.());

const FILES = '/sources/cluster-lists/files';
const EXPORTED = { day: '20', month: '11', year: '2026', minute: '00' };
const said = (o: { hour: string; rows?: string; what?: string }) => ({
  table: 'episodes',
  rows: 'all',
  what: 'publish',
  ...EXPORTED,
  ...o,
});

/** The form as a browser sends it: the file stands last. */
async function upload(fields: Record<string, string>, lines: readonly string[] | null, reader = 'nora.finch'): Promise<Got> {
  const body = new FormData();
  for (const [field, value] of Object.entries(fields)) body.append(field, value);
  body.append('file', new Blob(lines === null ? [] : [lines.join('\r\n')], { type: 'text/csv' }), lines === null ? '' : 'Ash Baker.csv');
  return app.send(FILES, { method: 'POST', headers: await app.as(reader), body });
}
const post = async (path: string, fields: Record<string, string>, reader = 'nora.finch') => app.sendForm(path, fields, reader);
const page = (path: string, reader = 'nora.finch') => app.getUnasked(path, reader);
const sent = async (...args: Parameters<typeof upload>) => {
  const got = await upload(...args);
  expect([got.status, got.text]).toEqual([303, '']);
  return got.headers.get('location')!;
};
const wordsOf = ({ text }: Got) => textOf(text);
const auditOf = async (got: Got) => (await app.auditOf(got)).map(({ action, outcome, shown }) => ({ action, outcome, shown }));

describe('A file sent by page', () => {
  it('shows what it would do, is confirmed by its number of rows, and ends in a receipt', async () => {
    const got = await upload(said({ hour: '01' }), [HEADER, ...rowsOf(1, 40)]);
    expect(await auditOf(got)).toEqual([{ action: 'handled-file', outcome: 'done', shown: { act: 'sent', source: 'cluster-lists' } }]);
    const file = got.headers.get('location')!;
    const preview = wordsOf(await page(file));
    expect(preview).toMatch(
      /Waits to be confirmed .*New: in no earlier file 80 .*Facts in the file, the sum of these 80 .*Nothing wrong was found/,
    );
    expect(preview).toMatch(
      /Earlier files have told nothing of this list that could disappear\. It is compared .*not with what it published over HTTP/,
    );
    // whoever confirms it has to know it from the source
    expect(preview).not.toMatch(/\b40\b/);
    const wrong = await post(`${file}/confirmation`, { confirmed: '41' });
    expect([wrong.status, wordsOf(wrong)]).toEqual([
      400,
      expect.stringContaining('Rows that were said: 41. Rows that were found in it: 40.'),
    ]);
    expect((await auditOf(wrong)).map(({ outcome }) => outcome)).toEqual(['done', 'refused']);
    expect((await post(`${file}/confirmation`, { confirmed: '40' })).status).toBe(303);
    const receipt = wordsOf(await page(file));
    expect(receipt).toMatch(
      /Published .*by nora\.finch .*In the log now: 80 facts of it.* “We looked” was said: yes, up to 20 Nov 2026 at 01:00/,
    );
    expect(wordsOf(await page(FILES))).toMatch(/Published 80 80 0 0 0 0 0 0|Published .*Facts 80 New 80/);
  });

  it('tells every problem at once, masked, and as CSV for the spreadsheet beside it', async () => {
    const file = await sent(said({ hour: '02', what: 'check' }), [
      HEADER,
      'EH-1,1,"Baker, Ash",99/99/2012,F,,NB1 4QT,,,East,,Jo Reed,,,,,20/02/2025,,',
      'EH-2,1,,31/02/2014,F,,nowhere,,,East,,Jo Reed,,,,,20/02/2025,,',
    ]);
    const got = await page(file);
    expect(wordsOf(got)).toMatch(/Checked only .*not kept/);
    expect(wordsOf(got)).toMatch(/DOB .*real-date .*99\/99\/9999 .*Correct the date at the source/);
    for (const text of [got.text, (await page(`${file}/problems`)).text])
      expect(text).not.toMatch(/99\/99\/2012|31\/02\/2014|Baker|nowhere/);
    const csv = await page(`${file}/problems`);
    expect(csv.text.split('\r\n')[0]).toBe('row,column,rule,outcome,expected,fix,masked');
    expect(csv.headers.get('content-disposition')).toBe('attachment; filename="problems.csv"');
    expect((await post(`${file}/confirmation`, { confirmed: '2' })).status).toBe(400);
  });

  it('counts a row that was cut off as refused, and tells nothing of whoever stands in it', async () => {
    const file = await sent(said({ hour: '02', what: 'check' }), [HEADER, ...rowsOf(1, 1), 'EH-9,1', `${rowsOf(2, 2)[0]},more`]);
    const words = wordsOf(await page(file));
    expect(words).toMatch(/2 rows refused whole: .*Refused 0 .*Facts in the file, the sum of these 2 /);
    expect(words).toMatch(
      /\(not shown\) .*19 cells, as in the header; here are 2 .*The row is cut off: .*The row is refused .*here are 20 .*The row is refused/,
    );
    expect(words).not.toContain('The fact is refused');
    expect(wordsOf(await page(FILES))).toMatch(/State Checked only Facts 2 .*Unchanged 2 .*Refused 0, and 2 rows /);
  });

  it('is told which of its columns nobody reads, and before it is sent what is expected in each', async () => {
    const file = await sent(said({ hour: '02', what: 'check' }), [`${HEADER},Notes`, ...rowsOf(1, 2).map((row) => `${row},`)]);
    expect(wordsOf(await page(file))).toContain('1 column of the file nobody reads: Notes.');
    const form = wordsOf(await page(`${FILES}/new`));
    expect(form).toMatch(/Columns of Early help list .*DOB Expected a date, day before month, such as 14\/05\/2012/);
    expect(form).toMatch(/Postcode Expected a UK postcode such as NB1 4QT .*Coordinating\? Expected Y or N/);
  });

  it('has its guesses confirmed: columns under another name, and dates that could be read either way', async () => {
    const file = await sent(said({ hour: '03' }), [HEADER.replace('DOB', 'Date of birth'), ...rowsOf(1, 40, '04/05/2012')]);
    expect(wordsOf(await page(file))).toMatch(/“Date of birth” is read as DOB .*DOB: 40 dates such as 04\/05, read as 4 May/);
    const unconfirmed = await post(`${file}/confirmation`, { confirmed: '40' });
    expect([unconfirmed.status, wordsOf(unconfirmed)]).toEqual([
      400,
      expect.stringMatching(/Confirm that these columns.*Confirm that the day/),
    ]);
    expect((await post(`${file}/confirmation`, { confirmed: '40', columns: 'yes', dates: 'yes' })).status).toBe(303);
  });

  it('by which much would disappear waits for a second person, who is somebody else', async () => {
    const file = await sent(said({ hour: '04' }), [HEADER, ...rowsOf(1, 3)]);
    await post(`${file}/confirmation`, { confirmed: '3' });
    expect(wordsOf(await page(file))).toMatch(/Waits for a second person .*it has to be somebody else/);
    const own = await post(`${file}/approval`, { looked: 'yes' });
    expect([own.status, wordsOf(own)]).toEqual([400, expect.stringContaining('Whoever sent or confirmed a file may not approve it.')]);
    expect(wordsOf(await page(file))).toContain('Waits for a second person');
  });

  it('that is no file, or of no real time, is asked for again with everything that was typed', async () => {
    const got = await upload({ ...said({ hour: '05' }), day: '31', table: '' }, null);
    expect([got.status, wordsOf(got)]).toEqual([
      400,
      expect.stringMatching(/Select what the file is a list of.*real date and time.*Select a CSV file/),
    ]);
    expect(got.text).toContain('value="31"');
    const unwell = await upload({ ...said({ hour: '05' }), table: 'none' }, [HEADER]);
    expect([unwell.status, wordsOf(unwell)]).toEqual([400, expect.stringContaining('The source has no such table.')]);
  });
});

describe('The files of a source', () => {
  it('are those of its own team, may be looked at by operations, and are handled by neither operations nor others', async () => {
    expect((await page(FILES, 'sofia.marsh')).status).toBe(404);
    expect((await upload(said({ hour: '06' }), [HEADER], 'sofia.marsh')).status).toBe(404);
    expect((await page(FILES, 'ola.berg')).status).toBe(200);
    expect((await upload(said({ hour: '06' }), [HEADER], 'ola.berg')).status).toBe(403);
    expect((await page(FILES, 'amara.okafor')).status).toBe(403);
    const looked = await page(FILES);
    expect(await auditOf(looked)).toEqual([
      { action: 'viewed-source', outcome: 'done', shown: { page: 'files', source: 'cluster-lists' } },
    ]);
  });

  it('of another source are not there, whatever their id', async () => {
    const file = await sent(said({ hour: '07' }), [HEADER, ...rowsOf(1, 40)]);
    expect((await page(file.replace('cluster-lists', 'northbridge-homes'))).status).toBe(404);
    expect((await page(`${FILES}/not-an-id`)).status).toBe(404);
  });

  it('can’t be handled while ingest is away, and that it failed is on record', async () => {
    const alone = await openWithIngest({ INGEST_URL: 'http://127.0.0.1:9' });
    const got = await alone.app.send(FILES, { headers: await alone.app.as('nora.finch') });
    expect(got.status).toBe(503);
    await alone.stop();
  });
});
