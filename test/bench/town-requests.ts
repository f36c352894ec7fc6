import type { SourceEventInput } from '#lib/events';
import { makeTown, NORTHBRIDGE_FAMILIES, type Town } from '../../apps/demo/src/town.js';
import { SYSTEMS } from '../../apps/demo/src/systems/systems.js';
import { Standing } from '../../apps/demo/src/trickle/standing.js';
import { checks } from '../../apps/demo/src/trickle/check.js';
import { versioned } from '../../apps/demo/src/history/in-order.js';

/** Bodies of one source of one town, to be sent in this order. */
export interface Queue {
  source: string;
  requests: { body: string; events: number }[];
}

export const today = (): string => new Date().toISOString().slice(0, 10);

/** Towns of the same seed beside each other until there are so many events, as requests ready to send. */
export function townRequests(events: number, batch: number): Queue[] {
  const queues: Queue[] = [];
  let left = events;
  for (let town = 0; left > 0; town++) {
    const own = townQueues(town, left, batch);
    queues.push(...own);
    for (const { requests } of own) for (const request of requests) left -= request.events;
  }
  return queues.sort((a, b) => b.requests.length - a.requests.length);
}

/** One of these towns, from its beginning, and so many of its events at most. */
export function townQueues(town: number, atMost: number, batch: number): Queue[] {
  const { history } = makeTown({ seed: 'northbridge', today: today(), firstFamily: town * NORTHBRIDGE_FAMILIES });
  let left = atMost;
  return [...history].flatMap(([source, events]) => {
    const sent = events.slice(0, left);
    left -= sent.length;
    return sent.length > 0 ? [{ source, requests: inBatches(sent, batch) }] : [];
  });
}

function inBatches(events: readonly SourceEventInput[], batch: number): Queue['requests'] {
  return Array.from({ length: Math.ceil(events.length / batch) }, (_, i) => {
    const some = events.slice(i * batch, (i + 1) * batch);
    return { body: JSON.stringify({ events: some }), events: some.length };
  });
}

/** Every source says that it has looked, so that pages answer as they do in life. */
export function checksOf(town: Town): Queue[] {
  const now = Date.now();
  return SYSTEMS.map((system) => {
    const standing = new Standing(system.source, town.history.get(system.source)!);
    const all = checks(system, standing, now).map((check) => versioned(check, now, now * 1000));
    return { source: system.source, requests: inBatches(all, 1) };
  });
}
