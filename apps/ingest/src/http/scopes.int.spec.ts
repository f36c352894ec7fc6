/** Which tokens open which addresses of the door: whoever approves a source’s files sees them, and does nothing else in its name. */
import { randomUUID } from 'node:crypto';
import type { Running } from '#lib/runtime';
import { appEnv } from '../../../../test/support/app-env.js';
import { tokenOf } from '../../../../test/support/tokens.js';
import { startIngest } from '../start.js';

let ingest: Running;
beforeAll(async () => {
  ingest = await startIngest(await appEnv());
});
afterAll(() => ingest?.stop());

const FILE = `files/${randomUUID()}`;
const FILE_ADDRESS = 'files?table=episodes&rows=all&exportedAt=2026-11-20T05:00:00Z';
/** How the door answers: let in, but for what is asked there; or not. */
async function letsIn(who: string, method: 'GET' | 'POST', path: string): Promise<boolean> {
  const type = path === FILE_ADDRESS ? 'text/csv' : 'application/json';
  const headers = { authorization: `Bearer ${await tokenOf(who)}`, 'on-behalf-of': 'nora.finch', 'content-type': type };
  const { status } = await fetch(`${ingest.url}/v1/sources/cluster-lists/${path}`, {
    method,
    headers,
    ...(method === 'POST' && { body: '[]' }),
  });
  expect([200, 201, 400, 403, 404, 422]).toContain(status);
  return status !== 403;
}

it.each<['GET' | 'POST', string, string[]]>([
  ['POST', 'events', ['cluster-lists']],
  ['POST', FILE_ADDRESS, ['cluster-lists', 'pages']],
  ['POST', `${FILE}/confirmation`, ['cluster-lists', 'pages']],
  ['POST', `${FILE}/approval`, ['data-quality', 'pages']],
  ['GET', 'files', ['cluster-lists', 'data-quality', 'pages']],
  ['GET', FILE, ['cluster-lists', 'data-quality', 'pages']],
  ['GET', `${FILE}/problems.csv`, ['cluster-lists', 'data-quality', 'pages']],
])('%s %s lets in nobody but those it is for: %j', async (method, path, expected) => {
  const everybody = ['cluster-lists', 'mosaic', 'data-quality', 'pages', 'case-management'];
  const letIn = [];
  for (const who of everybody) if (await letsIn(who, method, path)) letIn.push(who);
  expect(letIn).toEqual(expected);
});
