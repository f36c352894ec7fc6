import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { appEnv } from '../../../../test/support/app-env.js';
import { eventually } from '../../../../test/support/eventually.js';
import { loggedEvents } from '../../../../test/support/open-envelopes.js';
import { FileDoor } from '../../../../test/support/post-file.js';
import type { Running } from '#lib/runtime';
import { startIngest } from '../start.js';

let env: Record<string, string>;
let ingest: Running;
const folder = mkdtempSync(join(tmpdir(), 'watched-'));
const place = join(folder, 'cluster-lists', 'episodes');
beforeAll(async () => {
  env = await appEnv({ CSV_FOLDER: folder, CSV_FOLDER_EVERY_MS: '100' });
  ingest = await startIngest(env);
});
afterAll(() => ingest?.stop());

const HEADER =
  'EH number,Episode,Name,DOB,M/F,Address,Postcode,Mosaic number,Phone,Cluster,Team,Lead worker,Role,Lead worker phone,Lead worker email,Coordinating?,Date opened,Date closed,Outcome';
const list = (count: number) =>
  [HEADER, ...Array.from({ length: count }, (_, n) => `EH-${n},1,Ash Baker,,,,,,,,,,,,,,01/02/2025,,`)].join('\r\n');

function drop(name: string, content: string, minutesAgo: number, digestOf = content): void {
  mkdirSync(place, { recursive: true });
  writeFileSync(join(place, name), content);
  const written = Date.now() / 1000 - minutesAgo * 60;
  utimesSync(join(place, name), written, written);
  writeFileSync(join(place, `${name}.sha256`), `${createHash('sha256').update(digestOf).digest('hex')}  ${name}\n`);
}
const receipt = (state: string, name: string) =>
  eventually(
    `a receipt of ${name}`,
    async () => JSON.parse(readFileSync(join(place, state, `${name}.receipt.json`), 'utf8')) as Record<string, unknown>,
  );

describe('A file dropped into the watched folder', () => {
  it('is published once its digest stands beside it, and leaves its receipt', async () => {
    mkdirSync(place, { recursive: true });
    writeFileSync(join(place, 'half.csv'), list(30).slice(0, 300));
    drop('monday.csv', list(30), 60);
    expect(await receipt('published', 'monday.csv')).toMatchObject({ receipt: { published: 60 }, received: { from: 'folder' } });
    expect((await loggedEvents(env)).filter(({ event }) => event.type === 'InvolvementOpened')).toHaveLength(30);
    expect(readdirSync(place).filter((name) => name.startsWith('monday'))).toEqual([]);
    expect(existsSync(join(place, 'half.csv'))).toBe(true);
  });

  it('that is cut is refused whole, and stands beside the reason', async () => {
    drop('cut.csv', list(30).slice(0, -9), 50, list(30));
    expect(await receipt('refused', 'cut.csv')).toMatchObject({ title: 'The file is not whole.' });
    expect(existsSync(join(place, 'refused', 'cut.csv'))).toBe(true);
  });

  it('with problems tells them in a file', async () => {
    drop('tuesday.csv', list(30).replace('01/02/2025', '31/02/2025'), 40);
    await receipt('published', 'tuesday.csv');
    expect(readFileSync(join(place, 'published', 'tuesday.csv.problems.csv'), 'utf8')).toContain('2,Date opened,real-date');
  });

  it('by which much would disappear waits for a person', async () => {
    drop('wednesday.csv', list(21), 30);
    const { id } = await receipt('waiting-for-second', 'wednesday.csv');
    expect((await new FileDoor(ingest.url, 'cluster-lists').approve(String(id))).status).toBe(200);
  });
});
