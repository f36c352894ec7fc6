import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, truncateSync, writeFileSync } from 'node:fs';
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

/** @returns its name, which says when it was exported, whenever it was written here */
function drop(list: string, content: string, minutesAgo: number, digestOf = content): string {
  const exported = new Date(Date.now() - minutesAgo * 60_000).toISOString().slice(0, 19).replaceAll(':', '-');
  const name = `${list}.${exported}Z.csv`;
  write(name, content, digestOf);
  return name;
}
function write(name: string, content: string, digestOf = content): void {
  mkdirSync(place, { recursive: true });
  writeFileSync(join(place, name), content);
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
    const name = drop('monday', list(30), 60);
    expect(await receipt('published', name)).toMatchObject({ receipt: { published: 60 }, received: { from: 'folder' } });
    const { sourceVersion } = (await loggedEvents(env))[0]!.event;
    expect(new Date(sourceVersion.position / 1000).toISOString().slice(0, 19).replaceAll(':', '-')).toBe(name.slice(7, 26));
    expect((await loggedEvents(env)).filter(({ event }) => event.type === 'InvolvementOpened')).toHaveLength(30);
    expect(readdirSync(place).filter((name) => name.startsWith('monday'))).toEqual([]);
    expect(existsSync(join(place, 'half.csv'))).toBe(true);
  });

  it('that is cut is refused whole, and stands beside the reason', async () => {
    const name = drop('cut', list(30).slice(0, -9), 50, list(30));
    expect(await receipt('refused', name)).toMatchObject({ title: 'The file is not whole.' });
    expect(existsSync(join(place, 'refused', name))).toBe(true);
  });

  it('whose name does not say when it was exported is refused: its own time is that of a copy', async () => {
    write('monday.csv', list(30));
    expect(await receipt('refused', 'monday.csv')).toMatchObject({
      title: 'The file does not say when it was exported.',
      detail: expect.stringContaining('list.2026-11-20T05-00-00Z.csv'),
    });
  });

  it('that is too large is refused, and one that can’t be read stays; both let the next be taken', async () => {
    const large = drop('large', '', 49);
    truncateSync(join(place, large), 1024 ** 3 + 1);
    mkdirSync(join(place, 'folder.2020-01-01T05-00-00Z.csv'));
    writeFileSync(join(place, 'folder.2020-01-01T05-00-00Z.csv.sha256'), 'x');
    const next = drop('next', list(30), 45);
    expect(await receipt('refused', large)).toMatchObject({ title: 'The file is too large.' });
    expect(await receipt('published', next)).toMatchObject({ receipt: { published: 0 } });
    expect(readdirSync(place)).toContain('folder.2020-01-01T05-00-00Z.csv');
  });

  it('with problems tells them in a file', async () => {
    const name = drop('tuesday', list(30).replace('01/02/2025', '31/02/2025'), 40);
    await receipt('published', name);
    expect(readFileSync(join(place, 'published', `${name}.problems.csv`), 'utf8')).toContain('2,Date opened,real-date');
  });

  it('by which much would disappear waits for a person', async () => {
    const name = drop('wednesday', list(21), 30);
    const { id } = await receipt('waiting-for-second', name);
    expect((await new FileDoor(ingest.url, 'cluster-lists').approve(String(id))).status).toBe(200);
  });
});
