import { randomBytes } from 'node:crypto';
import { Writable } from 'node:stream';
import { pino } from 'pino';
import { appEnv } from '../../../../test/support/app-env.js';
import { FileDoor } from '../../../../test/support/post-file.js';
import type { Running } from '#lib/runtime';
import { startIngest } from '../start.js';

const HEADER =
  'EH number,Episode,Name,DOB,M/F,Address,Postcode,Mosaic number,Phone,Cluster,Team,Lead worker,Role,Lead worker phone,Lead worker email,Coordinating?,Date opened,Date closed,Outcome';
const row = (name: string) => `EH-1,1,${name},14/05/2012,F,,,,,,,,,,,,01/02/2025,,`;
const utf16 = (text: string) => Buffer.from(`\uFEFF${text}`, 'utf16le');

let ingest: Running;
let logged = '';
beforeAll(async () => {
  const logger = pino({ level: 'debug' }, new Writable({ write: (chunk, _, done) => ((logged += String(chunk)), done()) }));
  ingest = await startIngest(await appEnv(), logger);
});
afterAll(() => ingest?.stop());

it.each<[string, Buffer | string]>([
  ['no bytes at all', Buffer.alloc(1, 0x0a)],
  ['noise', randomBytes(50_000)],
  ['zeros', Buffer.alloc(20_000)],
  ['quotes without end', '"'.repeat(9_999)],
  ['one endless line', 'Zebedee'.repeat(300_000)],
  ['a header of a hundred thousand columns', `${HEADER},${Array.from({ length: 100_000 }, (_, n) => `c${n}`).join(',')}\n`],
  ['a header alone', HEADER],
  ['the header twice', `${HEADER}\n${HEADER}\n`],
  ['a spreadsheet’s own format', Buffer.concat([Buffer.from('PK\u0003\u0004'), randomBytes(9_000)])],
  ['a web page', '<!doctype html><html><body>Zebedee could not be exported</body></html>'],
  ['a formula', `${HEADER}\n${row('"=HYPERLINK(""http://x"",""Zebedee"")"')}\n`],
  ['a quote left open', `${HEADER}\n${row('"Zebedee')}\n${row('Ash')}\n`],
  ['a quote in the middle of a cell', `${HEADER}\n${row('Ze"be"dee')}\n`],
  ['NUL and bells inside a name', `${HEADER}\n${row('Zebedee\u0000\u0007Baker')}\n`],
  [
    'half a letter of UTF-8',
    Buffer.concat([Buffer.from(`${HEADER}\n`), Buffer.from(row('Zebedee')).subarray(0, 12), Buffer.from([0xe2, 0x82])]),
  ],
  ['half a letter of UTF-16', utf16(`${HEADER}\n${row('Zebedee')}\n`).subarray(0, -1)],
  ['a lone surrogate', utf16(`${HEADER}\n${row('Zebedee\uD800 Baker')}\n`)],
  ['names from right to left', `${HEADER}\n${row('\u202Eeedebez محمد')}\n`],
  ['names of properties', `__proto__,constructor,${HEADER}\n1,2,${row('Zebedee')}\n`],
  ['a cell of a megabyte', `${HEADER}\n${row('Z'.repeat(1_000_000))}\n`],
])('A file that holds %s is answered, and no value of it is logged', async (_, body) => {
  const door = new FileDoor(ingest.url, 'cluster-lists');
  const answer = await door.post({ table: 'episodes', exportedAt: '2026-11-20T01:00:00Z', rows: 'all' }, body);
  const text = await answer.text();
  expect(answer.status).toBe(201);
  expect(text).not.toMatch(/Zebedee|eedebez|ZZZ/);
  expect(logged).not.toMatch(/Zebedee|eedebez|ZZZ/);
  const { id, preview } = JSON.parse(text) as { id: string; preview: { counts: { rows: number; facts: number } } };
  expect((await door.confirm(id, { rows: preview.counts.rows })).status).toBeLessThan(500);
});
