import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startIngest } from '../../../apps/ingest/src/start.js';
import { appEnv, tokenOf } from '../../../test/support/app-env.js';
import type { Running } from '#lib/runtime';
import { runCli } from './run-cli.js';

const event = (n: number, more: object = {}) => ({
  type: 'PersonRecorded',
  recordId: `r-${n}`,
  sourceVersion: { epoch: 0, position: n },
  occurredAt: '2026-03-01T09:00:00Z',
  names: [{ family: 'Baker' }],
  ...more,
});

describe('A source team at its shell', () => {
  let ingest: Running;
  let folder: string;
  beforeAll(async () => {
    ingest = await startIngest(await appEnv());
    folder = await mkdtemp(join(tmpdir(), 'publish-'));
    await writeFile(join(folder, 'token'), `${tokenOf('mosaic')}\n`);
  });
  afterAll(() => ingest?.stop());

  async function run(text: string | undefined, ...args: string[]) {
    const file = join(folder, 'events.json');
    if (text !== undefined) await writeFile(file, text);
    const lines: string[] = [];
    const say = (line: string) => void lines.push(line);
    const code = await runCli([...(text === undefined ? [] : [file]), ...args], { INGEST_URL: ingest.url }, { out: say, error: say });
    return { code, text: lines.join('\n') };
  }
  const asMosaic = () => ['--source', 'mosaic', '--token-file', join(folder, 'token')];

  it('sees every event accepted, with its place', async () => {
    const { code, text } = await run([event(1), event(2)].map((one) => JSON.stringify(one)).join('\n'), ...asMosaic());
    expect(text).toMatch(/^accepted {2}event 0 \(line 1\) {2}PersonRecorded {2}[0-9a-f]{32} {2}partition \d offset \d+$/m);
    expect(text).toMatch(/2 events: 2 accepted$/);
    expect(code).toBe(0);
  });

  it('sees every problem of what was rejected, and fails', async () => {
    const { code, text } = await run(JSON.stringify([event(1), event(2, { gender: 'femal', phone: 5 })]), ...asMosaic());
    expect(text).toContain('REJECTED  event 1  PersonRecorded');
    expect(text).toContain('/gender  known-code');
    expect(text).toContain('to do:    Did you mean female');
    expect(text).toContain('/phone  right-type');
    expect(text).toMatch(/2 events: 1 accepted, 1 rejected$/);
    expect(code).toBe(1);
  });

  it('can ask first', async () => {
    const { code, text } = await run(JSON.stringify(event(1)), ...asMosaic(), '--dry-run');
    expect(text).toMatch(/^valid {5}event 0 {2}PersonRecorded\n\n1 event: 1 would be accepted$/);
    expect(code).toBe(0);
  });

  it('is told what is wrong when nothing can be sent', async () => {
    expect(await run('{"type":', ...asMosaic())).toMatchObject({ code: 2, text: expect.stringContaining('The file is not JSON') });
    expect(await run(undefined, 'nowhere.json', ...asMosaic())).toMatchObject({ code: 2, text: expect.stringContaining('ENOENT') });
    expect(await run('{}', '--source', 'without-token')).toMatchObject({ code: 2, text: expect.stringContaining('There is no token') });
    expect(await run('{}')).toMatchObject({ code: 2, text: expect.stringContaining('Name the source') });
    expect(await run('{}', '--sauce', 'mosaic')).toMatchObject({ code: 2, text: expect.stringContaining('--sauce') });
    const niche = ['--source', 'niche', '--token-file', join(folder, 'token')];
    expect(await run('{}', ...niche)).toMatchObject({ code: 2, text: expect.stringContaining('This token is for another source.') });
  });

  it('can ask how', async () => {
    expect(await run(undefined, '--help')).toMatchObject({ code: 0, text: expect.stringContaining('npm run publish') });
  });
});
