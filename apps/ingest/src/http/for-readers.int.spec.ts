/** The pages of the index as a client of this door: they act for a reader, on files alone. */
import type { Running } from '#lib/runtime';
import { appEnv } from '../../../../test/support/app-env.js';
import { HEADER, rowsOf } from '../../../../test/support/stored-files.js';
import { tokenOf } from '../../../../test/support/tokens.js';
import { startIngest } from '../start.js';
import type { fileAnswer } from './file-answer.js';

let ingest: Running;
beforeAll(async () => {
  ingest = await startIngest(await appEnv());
});
afterAll(() => ingest?.stop());

const FILES = '/v1/sources/cluster-lists/files';
async function call(path: string, reader: string | null, body?: { type: string; text: string }): Promise<Response> {
  const headers = {
    authorization: `Bearer ${await tokenOf('pages')}`,
    ...(reader !== null && { 'on-behalf-of': reader }),
    ...(body && { 'content-type': body.type }),
  };
  return fetch(`${ingest.url}${path}`, { headers, ...(body && { method: 'POST', body: body.text }) });
}
const send = (hour: number, reader: string | null, rows = 40) =>
  call(`${FILES}?table=episodes&rows=all&exportedAt=2026-11-20T0${hour}:00:00Z`, reader, {
    type: 'text/csv',
    text: [HEADER, ...rowsOf(1, rows)].join('\n'),
  });
const confirm = (id: string, rows: number, reader: string) =>
  call(`${FILES}/${id}/confirmation`, reader, { type: 'application/json', text: JSON.stringify({ rows }) });
const answered = async (response: Response) => (await response.json()) as ReturnType<typeof fileAnswer>;

describe('Files that pages handle for a reader', () => {
  it('are that reader’s own, and nobody approves what they sent or confirmed themselves', async () => {
    const first = await answered(await send(1, 'nora.finch'));
    expect(first.received.from).toBe('reader:nora.finch');
    await confirm(first.id, 40, 'nora.finch');
    const { id } = await answered(await send(2, 'nora.finch', 3));
    expect((await answered(await confirm(id, 3, 'sofia.marsh'))).state).toBe('waiting-for-second');
    const approve = (reader: string) => call(`${FILES}/${id}/approval`, reader, { type: 'application/json', text: '{}' });
    for (const reader of ['nora.finch', 'sofia.marsh']) expect((await approve(reader)).status).toBe(403);
    expect(await answered(await approve('zo%C3%AB.li'))).toMatchObject({ state: 'published', approvedBy: 'reader:zo%C3%AB.li' });
  });

  it('are handled for nobody where it is not said for whom', async () => {
    for (const reader of [null, 'two words', '']) {
      const response = await send(3, reader);
      expect([response.status, await response.json()]).toMatchObject([400, { type: 'urn:involvement-index:problem:no-reader' }]);
    }
  });

  it('are all that pages may handle: they publish no event', async () => {
    const response = await call('/v1/sources/cluster-lists/events', 'nora.finch', { type: 'application/json', text: '[]' });
    expect(response.status).toBe(403);
  });
});
