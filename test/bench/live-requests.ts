import type { SourceEventInput } from '#lib/events';
import { Random } from '../../apps/demo/src/random.js';
import { versioned } from '../../apps/demo/src/history/in-order.js';
import { makeTown } from '../../apps/demo/src/town.js';
import { nextHappening } from '../../apps/demo/src/trickle/next-happening.js';
import { Standing } from '../../apps/demo/src/trickle/standing.js';
import { today } from './town-requests.js';

/** So many live happenings of the town, made beforehand, a tick at a time: in each, what every source has to say. */
export function liveRequests(ticks: number, perTick: number): Map<string, SourceEventInput[]>[] {
  const town = makeTown({ seed: 'northbridge', today: today() });
  const standings = new Map([...town.history].map(([source, events]) => [source, new Standing(source, events)]));
  const chance = new Random('live');
  const now = Date.now();
  let position = now * 1000;
  return Array.from({ length: ticks }, () => {
    const events: SourceEventInput[] = [];
    while (events.length < perTick) {
      const draft = nextHappening(standings, chance, now + (position % 1_000_000));
      if (!draft) continue;
      const event = versioned(draft, now, (position += 1));
      standings.get(event.source)!.apply(event);
      events.push(event);
    }
    return Map.groupBy(events, ({ source }) => source);
  });
}
