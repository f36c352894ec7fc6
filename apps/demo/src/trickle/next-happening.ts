import type { Draft } from '../history/draft.js';
import type { Random } from '../random.js';
import { closes, handsOver, type Happening, links, moves, opens } from './happenings.js';
import type { Standing } from './standing.js';

/** How often each kind of thing happens where. Schools and police open and close nothing in the trickle: terms and nominals outlast it. */
const HAPPENINGS: readonly (readonly [{ happening: Happening; at: readonly string[] }, number])[] = [
  [{ happening: opens, at: ['mosaic', 'cis', 'childview', 'insight', 'cluster-lists', 'liquidlogic', 'generic'] }, 30],
  [{ happening: closes, at: ['mosaic', 'cis', 'childview', 'insight', 'cluster-lists', 'liquidlogic', 'northbridge-homes'] }, 25],
  [{ happening: handsOver, at: ['mosaic', 'cis', 'synergy', 'northbridge-homes'] }, 15],
  [{ happening: moves, at: ['mosaic', 'synergy', 'northbridge-homes', 'niche'] }, 20],
  [{ happening: links, at: ['mosaic'] }, 10],
];

/**
 * The next thing that happens in the town; the source that knows of it is named in the event. Null in a town too small for anything to happen.
 * @param spared records to which nothing happens, as `source recordId`
 */
export function nextHappening(
  standings: ReadonlyMap<string, Standing>,
  chance: Random,
  now: number,
  spared: ReadonlySet<string> = new Set(),
): Draft['event'] | null {
  for (let tries = 0; tries < 200; tries++) {
    const { happening, at } = chance.weighted(HAPPENINGS);
    const event = happening(standings.get(chance.pick(at))!, chance, now);
    if (event && 'recordId' in event && !spared.has(`${event.source} ${event.recordId}`)) return event;
  }
  return null;
}
