import { createHash } from 'node:crypto';
import { Client } from 'pg';
import { appEnv } from '../../../../test/support/app-env.js';
import { loggedEvents } from '../../../../test/support/open-envelopes.js';
import { openIngest } from '../../../../test/support/open-ingest.js';
import { answerOf, FileDoor } from '../../../../test/support/post-file.js';
import type { Running } from '#lib/runtime';
import { clusterLists } from '../sources/cluster-lists.js';
import { startIngest } from '../start.js';
import type { FileCounts } from './received-file.js';

let env: Record<string, string>;
let ingest: Running;
let door: FileDoor;
let database: Client;
beforeAll(async () => {
  env = await appEnv();
  ingest = await startIngest(env);
  door = new FileDoor(ingest.url, 'cluster-lists');
  database = new Client({ connectionString: env.INGEST_DATABASE_URL });
  await database.connect();
});
afterAll(async () => {
  await ingest?.stop();
  await database?.end();
});

const HEADER =
  'EH number,Episode,Name,DOB,M/F,Address,Postcode,Mosaic number,Phone,Cluster,Team,Lead worker,Role,Lead worker phone,Lead worker email,Coordinating?,Date opened,Date closed,Outcome';
const row = (n: number, { lead = 'Jo Reed', closed = '', opened = '01/02/2025' } = {}) =>
  `EH-${n},1,"Baker, Ash",14/05/2012,F,,NB1 4QT,,,East,,${lead},,,,,${opened},${closed},`;
const list = (from: number, to: number, of: (n: number) => string = (n) => row(n)) => [
  HEADER,
  ...Array.from({ length: to - from + 1 }, (_, at) => of(from + at)),
];
const at = (hour: number) => `2026-11-20T${String(hour).padStart(2, '0')}:00:00Z`;
const typesSince = async (position: string) => {
  const events = (await loggedEvents(env)).filter(({ event }) => event.sourceVersion.position === Date.parse(position) * 1000);
  const counts: Record<string, number> = {};
  for (const { event } of events) counts[event.type] = (counts[event.type] ?? 0) + 1;
  return counts;
};
const balanced = (counts: FileCounts) =>
  counts.facts ===
  counts.new + counts.changed + counts.ended + counts.gone + counts.unchanged + counts.repeated + counts.refused + counts.erased;

describe('A file', () => {
  it('says what it would do, publishes nothing until it is confirmed, and then exactly that', async () => {
    const preview = await door.send('episodes', at(1), list(1, 40));
    expect(preview).toMatchObject({
      state: 'waiting',
      preview: { refusal: null, problems: 0, needsSecond: [], counts: { rows: 40, facts: 80, new: 80 } },
    });
    expect(await typesSince(at(1))).toEqual({});
    const done = await answerOf(await door.confirm(preview.id, { rows: 40 }), 200);
    expect(done).toMatchObject({
      state: 'published',
      receipt: { published: 80, completeTo: '2026-11-20T01:00:00.000Z', notComplete: null },
    });
    expect(done.receipt!.counts).toEqual(preview.preview.counts);
    expect(balanced(done.receipt!.counts)).toBe(true);
    // in every partition
    expect(await typesSince(at(1))).toEqual({ PersonRecorded: 40, InvolvementOpened: 40, SourceChecked: 4 });
  });

  it('that comes again, or with nothing changed, publishes nothing but that it was looked', async () => {
    expect(await door.publish('episodes', at(1), list(1, 40))).toMatchObject({
      receipt: { published: 0, counts: { unchanged: 80, new: 0, disappeared: 0 } },
    });
    expect(await door.publish('episodes', at(2), list(1, 40))).toMatchObject({ receipt: { published: 0, counts: { unchanged: 80 } } });
    expect(await typesSince(at(2))).toEqual({ SourceChecked: 4 });
  });

  it('publishes what is new, changed, ended, and what it no longer holds', async () => {
    const lines = list(3, 42, (n) => row(n, { ...(n === 5 && { lead: 'Sam Okafor' }), ...(n === 6 && { closed: '01/11/2026' }) }));
    const done = await door.publish('episodes', at(3), lines);
    expect(done.receipt).toMatchObject({ counts: { new: 4, changed: 1, ended: 1, unchanged: 74, disappeared: 2 }, published: 8 });
    expect(await typesSince(at(3))).toEqual({
      PersonRecorded: 2,
      InvolvementOpened: 3,
      InvolvementUpdated: 1,
      InvolvementClosed: 3,
      SourceChecked: 4,
    });
    // who is gone stays gone, and is not told again
    expect((await door.publish('episodes', at(4), lines)).receipt).toMatchObject({ published: 0, counts: { disappeared: 0 } });
  });

  it('of changes alone ends nothing by silence', async () => {
    const done = await door.publish('episodes', at(5), [HEADER, row(7, { lead: 'Dan Whittle' })], 'changes');
    expect(done.receipt).toMatchObject({
      counts: { rows: 1, changed: 1, unchanged: 1, disappeared: 0 },
      completeTo: '2026-11-20T05:00:00.000Z',
    });
  });

  it('by which more than a tenth would disappear waits for somebody else', async () => {
    const sent = await door.send('episodes', at(6), list(3, 30));
    expect(sent.preview).toMatchObject({ needsSecond: ['many-disappear'], counts: { disappeared: 12 } });
    const confirmed = await answerOf(await door.confirm(sent.id, { rows: 28 }), 200);
    expect(confirmed).toMatchObject({ state: 'waiting-for-second', confirmedBy: 'cluster-lists', receipt: null });
    expect(await typesSince(at(6))).toEqual({});
    expect((await door.approve(sent.id, 'cluster-lists')).status).toBe(403);
    expect((await door.get(`/${sent.id}`, 'data-quality')).status).toBe(200);
    expect(await answerOf(await door.approve(sent.id), 200)).toMatchObject({
      state: 'published',
      approvedBy: 'data-quality',
      receipt: { counts: { disappeared: 12 } },
    });
    expect((await door.approve(sent.id)).status).toBe(409);
  });

  it('is approved by nobody who sent or confirmed it, whatever else they may do', async () => {
    const sent = await door.send('episodes', at(7), list(3, 20));
    await answerOf(await door.confirm(sent.id, { rows: 18 }), 200);
    const { files, close } = await openIngest(env);
    try {
      await expect(files.approve(clusterLists, sent.id, 'cluster-lists')).rejects.toMatchObject({ code: 'another-person' });
    } finally {
      await close();
    }
  });

  it('with fewer rows than any complete file has waits for somebody else as well', async () => {
    expect((await door.send('episodes', at(7), list(3, 5))).preview.needsSecond).toEqual(['many-disappear', 'few-rows']);
  });

  it('no longer holding what had ended before leaves it as it ended', async () => {
    const ended = (n: number) => row(n, n === 8 ? { closed: '02/11/2026' } : {});
    expect((await door.publish('episodes', '2026-11-20T06:20:00Z', list(3, 30, ended))).receipt).toMatchObject({ counts: { ended: 1 } });
    const lines = list(3, 30).filter((line) => !line.startsWith('EH-8,'));
    expect((await door.publish('episodes', '2026-11-20T06:40:00Z', lines)).receipt).toMatchObject({
      published: 0,
      counts: { disappeared: 0 },
    });
    expect((await door.publish('episodes', '2026-11-20T06:50:00Z', list(3, 30))).receipt).toMatchObject({ counts: { changed: 1 } });
  });

  it('is in its history with counts, and its content is gone', async () => {
    const { files } = (await (await door.get()).json()) as { files: { state: string; receipt: { counts: FileCounts } | null }[] };
    const published = files.filter(({ state }) => state === 'published');
    expect(published).toHaveLength(10);
    expect(published.every(({ receipt }) => balanced(receipt!.counts))).toBe(true);
    const { rows } = await database.query(
      `SELECT count(*)::int AS parts FROM ingest.file_part JOIN ingest.file ON file.id = file_part.file WHERE state = 'published'`,
    );
    expect(rows[0]).toEqual({ parts: 0 });
  });
});

describe('What is wrong in a file', () => {
  it('is told by row and column with what to do, as JSON and as CSV, and the rest is published', async () => {
    const lines = list(3, 30, (n) =>
      n === 9 ? row(n).replace('14/05/2012', '31/02/2014') : n === 10 ? row(n, { closed: 'Easter' }) : row(n),
    );
    const sent = await door.send('episodes', at(8), lines);
    expect(sent.problems).toMatchObject([
      { row: 8, column: 'DOB', rule: 'real-date', outcome: 'left-out' },
      { row: 9, column: 'Date closed', rule: 'real-date', outcome: 'refused' },
    ]);
    expect(JSON.stringify(sent)).not.toMatch(/Easter|Baker|31\/02/);
    const csv = await (await door.get(`/${sent.id}/problems.csv`)).text();
    expect(csv.split('\r\n')[1]).toBe(
      '8,DOB,real-date,left-out,"a real date, day before month, such as 14/05/2012, 14-May-2012 or 2012-05-14","Correct the date at the source, or leave it empty.",99/99/9999',
    );
    const done = await answerOf(await door.confirm(sent.id, { rows: 28 }), 200);
    // the episode that can't be read stands in the file: it is not gone, and nobody says that all was looked at
    expect(done.receipt).toMatchObject({
      counts: { refused: 1, disappeared: 0, changed: 1 },
      completeTo: null,
      notComplete: 'rows-refused',
    });
    expect(await typesSince(at(8))).toEqual({ PersonRecorded: 1 });
  });

  it('where a row does not say whose it is, nothing is taken for gone', async () => {
    const sent = await door.send('episodes', at(9), [...list(3, 29), row(30).replace('EH-30', '')]);
    expect(sent.preview).toMatchObject({ nothingDisappears: true, counts: { disappeared: 0 } });
    const done = await answerOf(await door.confirm(sent.id, { rows: 28 }), 200);
    // the date of birth that could be read again
    expect(done.receipt).toMatchObject({ published: 1, counts: { changed: 1, disappeared: 0, refused: 2 } });
  });

  it('is not made good by a later file of changes: until a complete file comes, nobody says that all was looked at', async () => {
    const changes = await door.publish('episodes', '2026-11-20T09:20:00Z', [HEADER, row(7, { lead: 'Ann Lee' })], 'changes');
    expect(changes.receipt).toMatchObject({ published: 1, completeTo: null, notComplete: 'changes-without-a-complete-file' });
    const whole = await door.publish('episodes', '2026-11-20T09:40:00Z', list(3, 30));
    expect(whole.receipt).toMatchObject({ completeTo: '2026-11-20T09:40:00.000Z', notComplete: null });
  });

  it.each([
    ['that is not whole by its rows', { rows: 27 }, 'Rows that were said: 27. Rows that were found in it: 28. Check the number'],
    ['that is not whole by its digest', { sha256: 'a'.repeat(64) }, 'Its bytes are not those'],
  ])('publishes nothing of a file %s', async (_, proof, words) => {
    const sent = await door.send('episodes', at(10), list(3, 30));
    const refused = await door.confirm(sent.id, proof);
    expect(refused.status).toBe(409);
    expect(await refused.text()).toContain(words);
    expect((await answerOf(await door.get(`/${sent.id}`), 200)).state).toBe('waiting');
    expect(await typesSince(at(10))).toEqual({});
  });

  it('keeps nothing of a file that was cut on its way, by its digest or in the middle', async () => {
    const whole = list(3, 30).join('\n');
    const query = { table: 'episodes', exportedAt: at(11), rows: 'all' };
    const sha256 = createHash('sha256').update(whole).digest('hex');
    expect((await door.post({ ...query, sha256 }, whole.slice(0, -40))).status).toBe(409);
    expect((await door.post({ ...query, sha256 }, whole)).status).toBe(201);
    const broken = new ReadableStream({
      start: (stream) => stream.enqueue(Buffer.from(whole.slice(0, 200))),
      pull: (stream) => stream.error(new Error('the line is dead')),
    });
    await expect(door.post(query, broken)).rejects.toThrow('fetch failed');
    const { rows } = await database.query(
      'SELECT count(*)::int AS parts FROM ingest.file_part WHERE NOT EXISTS (SELECT FROM ingest.file WHERE id = file)',
    );
    expect(rows[0]).toEqual({ parts: 0 });
  });

  it('refuses whole what is no such export', async () => {
    const sent = await door.send('episodes', at(12), ['EH number,Name', 'EH-1,Baker']);
    expect(sent).toMatchObject({ state: 'refused', preview: { refusal: 'columns-missing' } });
    expect((await door.confirm(sent.id, { rows: 1 })).status).toBe(409);
    expect((await door.post({ table: 'episodes', exportedAt: at(1), rows: 'all' }, list(3, 29).join('\n'))).status).toBe(409);
    expect((await door.post({ table: 'tenancies', exportedAt: at(12), rows: 'all' }, HEADER)).status).toBe(404);
    expect((await door.post({ table: 'episodes', exportedAt: '2031-01-01T00:00:00Z', rows: 'all' }, HEADER)).status).toBe(400);
    expect((await door.post({ table: 'episodes', exportedAt: at(12) }, HEADER)).status).toBe(400);
    expect((await door.post({ table: 'episodes', exportedAt: at(12), rows: 'all' }, HEADER, { 'content-encoding': 'gzip' })).status).toBe(
      415,
    );
    expect((await door.get('/00000000-0000-4000-8000-000000000000')).status).toBe(404);
    expect((await door.get('/1')).status).toBe(404);
  });

  it('is not confirmed after another file of the table was published', async () => {
    const [older, newer] = [await door.send('episodes', at(13), list(3, 30)), await door.send('episodes', at(14), list(3, 30))];
    await answerOf(await door.confirm(newer.id, { rows: 28 }), 200);
    expect((await door.confirm(older.id, { rows: 28 })).status).toBe(409);
  });

  it('says nothing of a file to another source', async () => {
    const { id } = await door.send('episodes', at(15), list(3, 30));
    expect((await door.get(`/${id}`, 'mosaic')).status).toBe(403);
    expect((await new FileDoor(ingest.url, 'mosaic').get(`/${id}`)).status).toBe(404);
  });
});
