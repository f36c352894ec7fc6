import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startIngest } from '../../../apps/ingest/src/start.js';
import { testSecretOf } from '../../../deploy/local/test-directory.js';
import { appEnv } from '../../../test/support/app-env.js';
import { stack } from '../../../test/support/stack.js';
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
    await writeFile(join(folder, 'secret'), `${testSecretOf('mosaic')}\n`);
  });
  afterAll(() => ingest?.stop());

  async function run(text: string | undefined, ...args: string[]) {
    const file = join(folder, 'events.json');
    if (text !== undefined) await writeFile(file, text);
    const lines: string[] = [];
    const say = (line: string) => void lines.push(line);
    const code = await runCli(
      [...(text === undefined ? [] : [file]), ...args],
      { INGEST_URL: ingest.url, OIDC_ISSUER: (await stack()).issuerUrl },
      { out: say, error: say },
    );
    return { code, text: lines.join('\n') };
  }
  const asMosaic = () => ['--source', 'mosaic', '--secret-file', join(folder, 'secret')];

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
    expect(await run('{}', '--source', 'without-secret')).toMatchObject({ code: 2, text: expect.stringContaining('There is no secret') });
    expect(await run('{}')).toMatchObject({ code: 2, text: expect.stringContaining('Name the source') });
    expect(await run('{}', '--sauce', 'mosaic')).toMatchObject({ code: 2, text: expect.stringContaining('--sauce') });
    const niche = ['--source', 'niche', '--secret-file', join(folder, 'secret')];
    expect(await run('{}', ...niche)).toMatchObject({
      code: 2,
      text: expect.stringContaining('gives niche no token for ingest:niche (invalid_client)'),
    });
  });

  it('can have the token alone, and send events with whatever it likes', async () => {
    const { code, text } = await run(undefined, ...asMosaic(), '--print-token');
    expect(code).toBe(0);
    const headers = { authorization: `Bearer ${text}`, 'content-type': 'application/json' };
    const answer = await fetch(`${ingest.url}/v1/sources/mosaic/events`, { method: 'POST', headers, body: JSON.stringify(event(3)) });
    expect([answer.status, await answer.json()]).toEqual([200, { results: [expect.objectContaining({ status: 'accepted' })] }]);
  });

  it('can ask how', async () => {
    expect(await run(undefined, '--help')).toMatchObject({ code: 0, text: expect.stringContaining('npm run publish') });
  });
});
