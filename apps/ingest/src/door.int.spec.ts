import { randomUUID } from 'node:crypto';
import { appEnv, tokenOf } from '../../../test/support/app-env.js';
import type { PublishAnswer } from '#lib/events';
import type { Running } from '#lib/runtime';
import { startIngest } from './start.js';

describe('The door for sources', () => {
  let env: Record<string, string>;
  let ingest: Running;
  beforeAll(async () => {
    env = await appEnv();
    ingest = await startIngest(env);
  });
  afterAll(() => ingest?.stop());

  const post = (source: string, body: unknown, more: { token?: string; query?: string; headers?: Record<string, string> } = {}) =>
    fetch(`${ingest.url}/v1/sources/${source}/events${more.query ?? ''}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${more.token ?? tokenOf(source)}`, ...more.headers },
      body: typeof body === 'string' ? body : JSON.stringify(body),
    });
  const opened = (more: object = {}) => ({
    type: 'InvolvementOpened',
    recordId: randomUUID(),
    sourceVersion: { epoch: 0, position: 1 },
    occurredAt: '2026-03-01T09:00:00Z',
    involvementId: 'i-1',
    service: 'childrens-social-care',
    ...more,
  });

  it('takes one event, a list in an object, and a bare list', async () => {
    const event = opened();
    for (const body of [event, { events: [event] }, [event]]) {
      const answer = await post('mosaic', body);
      expect(answer.status).toBe(200);
      const { results } = (await answer.json()) as PublishAnswer;
      expect(results).toEqual([
        {
          index: 0,
          status: 'accepted',
          eventId: expect.stringMatching(/^[0-9a-f]{32}$/),
          partition: expect.any(Number),
          offset: expect.any(Number),
        },
      ]);
    }
  });
});
