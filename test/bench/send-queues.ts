import type { PublishAnswer } from '#lib/events';
import { postBody } from '../support/post-events.js';
import type { Queue } from './town-requests.js';

export interface Sent {
  events: number;
  seconds: number;
  /** Of each request, from sending to acknowledged. */
  milliseconds: number[];
}

/** Sends every queue in its order, so many queues beside each other. @throws Error when an event is refused */
export async function sendQueues(url: string, queues: readonly Queue[], atOnce: number): Promise<Sent> {
  const waiting = [...queues];
  const milliseconds: number[] = [];
  let events = 0;
  const from = performance.now();
  const sender = async (): Promise<void> => {
    for (let queue = waiting.shift(); queue; queue = waiting.shift())
      for (const request of queue.requests) {
        const sentAt = performance.now();
        await send(url, queue.source, request.body);
        milliseconds.push(performance.now() - sentAt);
        events += request.events;
      }
  };
  await Promise.all(Array.from({ length: atOnce }, sender));
  return { events, seconds: (performance.now() - from) / 1000, milliseconds };
}

/** Returns when everything in it was acknowledged. */
async function send(url: string, source: string, body: string): Promise<void> {
  const response = await postBody(url, source, body);
  const text = await response.text();
  if (response.status !== 200) throw new Error(`${source} was answered ${response.status}: ${text.slice(0, 500)}`);
  const rejected = (JSON.parse(text) as PublishAnswer).results.find(({ status }) => status === 'rejected');
  if (rejected) throw new Error(`an event of ${source} was refused: ${JSON.stringify(rejected)}`);
}
