import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { afterEach, beforeEach } from '@jest/globals';
import type { SourceEventInput } from '#lib/events';
import { startDemo } from './start.js';
import { SYSTEMS } from './systems/systems.js';
import { makeTown } from './town.js';

const FAMILIES = 60;
let folder: string;
let ingest: Server;
let url: string;
let taken: { token: string; source: string; events: SourceEventInput[] }[];
let down: boolean;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'demo-'));
  for (const { source } of SYSTEMS) writeFileSync(join(folder, source), `secret-of-${source}\n`);
  [taken, down] = [[], false];
  ingest = createServer((request, response) => {
    void bodyOf(request).then((body) => {
      const json = (answer: object) => response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(answer));
      if (request.url!.startsWith('/.well-known')) return json({ token_endpoint: `${url}/token` });
      if (request.url === '/token') return json({ access_token: tokenFor(request.headers.authorization!), expires_in: 600 });
      const source = /sources\/([^/]+)\/events/.exec(request.url!)![1]!;
      if (down) return response.writeHead(503, { 'retry-after': '0' }).end();
      const { events } = JSON.parse(body) as { events: SourceEventInput[] };
      taken.push({ token: request.headers.authorization!, source, events });
      const results = events.map((_, index) => ({ index, status: 'accepted', eventId: 'e', partition: 0, offset: index }));
      return json({ results });
    });
  });
  await new Promise<void>((resolve) => ingest.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(ingest.address() as AddressInfo).port}`;
});

afterEach(async () => {
  ingest.closeAllConnections();
  await new Promise((resolve) => ingest.close(resolve));
  rmSync(folder, { recursive: true });
});

/** What the directory gives for a source's name and secret. */
const tokenFor = (authorization: string) => `token-for-${Buffer.from(authorization.replace('Basic ', ''), 'base64').toString()}`;

async function bodyOf(request: IncomingMessage): Promise<string> {
  let body = '';
  for await (const chunk of request.setEncoding('utf8')) body += String(chunk);
  return body;
}

function terminal(): { out: NodeJS.WriteStream; text: () => string } {
  let text = '';
  return { out: { isTTY: false, write: (more: string) => ((text += more), true) } as unknown as NodeJS.WriteStream, text: () => text };
}

const start = (out: NodeJS.WriteStream) =>
  startDemo(
    {
      INGEST_URL: url,
      OIDC_ISSUER: url,
      CLIENTS_DIR: folder,
      DEMO_STATE: folder,
      DEMO_FAMILIES: String(FAMILIES),
      DEMO_SECONDS_BETWEEN: '1',
    },
    out,
  );
const until = async (true_: () => boolean) => {
  for (let i = 0; i < 500 && !true_(); i++) await wait(20);
  expect(true_()).toBe(true);
};
const said = (source: string) => taken.filter((request) => request.source === source).flatMap(({ events }) => events);
const everySourceHasChecked = () => SYSTEMS.every(({ source }) => said(source).some(({ type }) => type === 'SourceChecked'));

test('the demo publishes the whole history of each source in order, then that it has looked, then lives on', async () => {
  const { out, text } = terminal();
  const demo = await start(out);
  await until(() => everySourceHasChecked() && taken.some(({ events }) => events.length === 1 && events[0]!.type !== 'SourceChecked'));
  await demo.stop();
  const town = makeTown({ seed: 'northbridge', today: new Date().toISOString().slice(0, 10), families: FAMILIES });
  for (const [source, history] of town.history) {
    expect(said(source).slice(0, history.length)).toEqual(JSON.parse(JSON.stringify(history)));
    const positions = said(source).map(({ sourceVersion }) => sourceVersion.position);
    expect(positions).toEqual([...positions].sort((a, b) => a - b));
  }
  expect(taken.every(({ token, source }) => token === `Bearer token-for-${source}:secret-of-${source}`)).toBe(true);
  expect(text()).toContain('(100 %)');
  expect(text()).toMatch(/Mosaic case ID \d+/);
});

test('started again it remembers what the index has, and goes on living in the same town', async () => {
  const first = await start(terminal().out);
  await until(everySourceHasChecked);
  await first.stop();
  taken = [];
  const second = await start(terminal().out);
  await until(everySourceHasChecked);
  await second.stop();
  expect(Math.max(...taken.map(({ events }) => events.length))).toBe(1);
  expect(JSON.parse(readFileSync(join(folder, 'published.json'), 'utf8'))).toMatchObject({ seed: 'northbridge', families: FAMILIES });
});

test('ended in the middle of its history it goes on behind what was acknowledged', async () => {
  const today = new Date().toISOString().slice(0, 10);
  const mosaic = makeTown({ seed: 'northbridge', today, families: FAMILIES }).history.get('mosaic')!;
  const published = { seed: 'northbridge', families: FAMILIES, today, events: { mosaic: 100 } };
  writeFileSync(join(folder, 'published.json'), JSON.stringify(published));
  const demo = await start(terminal().out);
  await until(everySourceHasChecked);
  await demo.stop();
  expect(said('mosaic').slice(0, mosaic.length - 100)).toEqual(JSON.parse(JSON.stringify(mosaic.slice(100))));
});

test('while ingest is down the demo says so once and waits; nothing is left out', async () => {
  down = true;
  const { out, text } = terminal();
  const demo = await start(out);
  await until(() => text().includes('Waiting for it'));
  await wait(300);
  down = false;
  await until(everySourceHasChecked);
  await demo.stop();
  expect(text().match(/can't take events/g)).toHaveLength(1);
  const town = makeTown({ seed: 'northbridge', today: new Date().toISOString().slice(0, 10), families: FAMILIES });
  for (const [source, history] of town.history) expect(said(source).length).toBeGreaterThan(history.length);
});

test('a source without a secret is named, with what to do', async () => {
  rmSync(join(folder, 'niche'));
  const demo = await start(terminal().out);
  await expect(demo.finished).rejects.toThrow(/No secret for niche .* npm start/);
});
