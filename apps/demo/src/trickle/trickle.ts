import { setTimeout as wait } from 'node:timers/promises';
import type { SourceEventInput } from '#lib/events';
import { versioned } from '../history/in-order.js';
import type { Draft } from '../history/draft.js';
import type { Door } from '../publishing/doors.js';
import { sayRejections } from '../publishing/say-rejections.js';
import type { Random } from '../random.js';
import { SYSTEMS } from '../systems/systems.js';
import { checks } from './check.js';
import { nextHappening } from './next-happening.js';
import type { Standing } from './standing.js';

export interface TrickleOptions {
  doors: ReadonlyMap<string, Door>;
  standings: ReadonlyMap<string, Standing>;
  /** Records to which nothing happens, as `source recordId`. */
  spared: ReadonlySet<string>;
  chance: Random;
  secondsBetween: number;
  stopped: AbortSignal;
  say(line: string): void;
}

/** Lets life go on until stopped: something happens every few seconds, and every source says at its own pace that it has looked. */
export async function trickle(o: TrickleOptions): Promise<void> {
  const publish = publishing(o);
  const looks = SYSTEMS.map((system) =>
    again(system.checksEverySeconds, o.stopped, async () => {
      for (const check of checks(system, o.standings.get(system.source)!, Date.now())) await publish(check);
    }),
  );
  const life = again(o.secondsBetween, o.stopped, async () => {
    const event = nextHappening(o.standings, o.chance, Date.now(), o.spared);
    if (event) await publish(event);
  });
  await Promise.all([...looks, life]);
}

/**
 * A check states what the source knew when it was made, and a source has one queue: whatever stood before it is acknowledged first.
 * What is made now is applied to the standing now, so that the next event is made of what was said last.
 */
function publishing({ doors, standings, say }: TrickleOptions): (event: Draft['event']) => Promise<void> {
  let position = 0;
  return async (draft) => {
    const now = Date.now();
    position = Math.max(position + 1, now * 1000);
    const event: SourceEventInput = versioned(draft, now, position);
    standings.get(event.source)!.apply(event);
    sayRejections(event.source, await doors.get(event.source)!.publish([event]), say);
  };
}

/** At once, and then again so many seconds after each time, until stopped. */
async function again(seconds: number, stopped: AbortSignal, act: () => Promise<void>): Promise<void> {
  while (!stopped.aborted) {
    await act();
    await wait(seconds * 1000, undefined, { signal: stopped }).catch(() => undefined);
  }
}
