import { PublishFailedError, PublishRefusedError } from './errors.js';
import { httpPublisher, type PublisherOptions } from './http-publisher.js';
import type { EventToPublish } from './publisher.js';

const event = (n: number, more: object = {}): EventToPublish => ({
  type: 'PersonRemoved',
  recordId: `r-${n}`,
  reason: 'withdrawn',
  sourceVersion: { epoch: 0, position: n },
  occurredAt: '2026-03-01T09:00:00Z',
  ...more,
});

interface Request {
  url: string;
  authorization: string | null;
  ids: string[];
}

/** An index that answers as told, then accepts; it remembers what it was sent. */
function index(...answers: (Response | Error)[]) {
  const requests: Request[] = [];
  const fetch = (async (url: string, init: RequestInit) => {
    const { events } = JSON.parse(init.body as string) as { events: { recordId: string }[] };
    requests.push({ url, authorization: new Headers(init.headers).get('authorization'), ids: events.map(({ recordId }) => recordId) });
    const answer = answers.shift();
    if (answer instanceof Error) throw answer;
    return (
      answer ??
      Response.json({ results: events.map((_, at) => ({ index: at, status: 'accepted', eventId: 'e', partition: 0, offset: at })) })
    );
  }) as typeof globalThis.fetch;
  return { fetch, requests };
}
const busy = (retryAfter = '0') => new Response('{}', { status: 503, headers: { 'retry-after': retryAfter } });
const refused = (status: number) =>
  Response.json({ type: 'urn:involvement-index:problem:not-signed-in', title: 'No valid token.', detail: 'Send it.', status }, { status });
const publisher = (o: Partial<PublisherOptions>) =>
  httpPublisher({ url: 'http://index.test/', source: 'mosaic', token: async () => 'secret', ...o });

describe('A source that publishes', () => {
  it('is answered event by event, in the order it sent them, however many requests that takes', async () => {
    const { fetch, requests } = index();
    const { results } = await publisher({ fetch }).publish(Array.from({ length: 2_500 }, (_, n) => event(n)));
    expect(requests.map(({ ids }) => ids.length)).toEqual([1_000, 1_000, 500]);
    expect(requests.flatMap(({ ids }) => ids)).toEqual(Array.from({ length: 2_500 }, (_, n) => `r-${n}`));
    expect(results.map(({ index }) => index)).toEqual(Array.from({ length: 2_500 }, (_, n) => n));
    expect(requests[0]).toMatchObject({ url: 'http://index.test/v1/sources/mosaic/events', authorization: 'Bearer secret' });
  });

  it('keeps requests below what the door takes, in bytes too', async () => {
    const { fetch, requests } = index();
    await publisher({ fetch }).publish(Array.from({ length: 5 }, (_, n) => event(n, { recordId: 'é'.repeat(700_000) })));
    expect(requests.map(({ ids }) => ids.length)).toEqual([2, 2, 1]);
  });

  it('says so when it only asks', async () => {
    const { fetch, requests } = index();
    await publisher({ fetch }).publish([event(1)], { dryRun: true });
    expect(requests[0]?.url).toBe('http://index.test/v1/sources/mosaic/events?dryRun=true');
  });

  it('sends nothing when it has nothing to say', async () => {
    const { fetch, requests } = index();
    expect(await publisher({ fetch }).publish([])).toEqual({ results: [] });
    expect(requests).toEqual([]);
  });

  it('tries again while the index can not take events or can not be reached, and keeps its order meanwhile', async () => {
    const { fetch, requests } = index(busy(), new TypeError('fetch failed'), busy());
    const waits: string[] = [];
    const mine = publisher({ fetch, onWaiting: ({ why }) => waits.push(why) });
    await Promise.all([mine.publish([event(1)]), mine.publish([event(2)])]);
    expect(requests.map(({ ids }) => ids[0])).toEqual(['r-1', 'r-1', 'r-1', 'r-1', 'r-2']);
    expect(waits).toEqual(['the index answered 503', 'no answer from http://index.test/ (fetch failed)', 'the index answered 503']);
  });

  it('waits as long as the index asks', async () => {
    const { fetch } = index(busy('1'));
    const waits: number[] = [];
    await publisher({ fetch, onWaiting: ({ milliseconds }) => waits.push(milliseconds) }).publish([event(1)]);
    expect(waits).toEqual([1_000]);
  });

  it('gives up when its patience ends, and says that sending again is safe to try', async () => {
    const { fetch } = index(...Array.from({ length: 50 }, () => busy()));
    await expect(publisher({ fetch, patience: 300 }).publish([event(1)])).rejects.toThrow(PublishFailedError);
  });

  it('does not try again what is refused, and can go on with the next', async () => {
    const { fetch, requests } = index(refused(401), refused(401));
    const mine = publisher({ fetch });
    await expect(mine.publish([event(1)])).rejects.toMatchObject({
      name: 'PublishRefusedError',
      status: 401,
      code: 'not-signed-in',
      retriable: false,
    });
    await expect(mine.publish([event(2)])).resolves.toMatchObject({ results: [{ status: 'accepted' }] });
    expect(requests).toHaveLength(3);
  });

  it('asks for another token when the one it has is not believed any more, once', async () => {
    const { fetch, requests } = index(refused(401));
    const renewals: boolean[] = [];
    const token = async ({ renew } = { renew: false }) => {
      renewals.push(renew);
      return renew ? 'new' : 'old';
    };
    await publisher({ fetch, token }).publish([event(1)]);
    expect(requests.map(({ authorization }) => authorization)).toEqual(['Bearer old', 'Bearer new']);
    expect(renewals).toEqual([false, true]);
  });

  it('is told when what answers is no index at all', async () => {
    const { fetch } = index(new Response('<html>', { status: 404 }));
    await expect(publisher({ fetch }).publish([event(1)])).rejects.toThrow(PublishRefusedError);
  });
});
