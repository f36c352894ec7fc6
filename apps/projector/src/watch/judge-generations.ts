import type { ListedGeneration } from '#lib/read-model';
import type { Alarm } from './alarm.js';

/** How far a generation is behind the logs. */
export interface GenerationBehind {
  generation: number;
  state: string;
  /** Events not folded yet. */
  events: number;
  /** Whether one of them is older than what is tolerated. */
  tooOld: boolean;
}

/** Where one partition stands. `due`: the first offset that need not be folded yet; `end`: the one the next event will get. */
export interface PartitionStand {
  nextOffset: number;
  due: number;
  end: number;
}

export function behindOf({ id, state }: Pick<ListedGeneration, 'id' | 'state'>, stands: readonly PartitionStand[]): GenerationBehind {
  return {
    generation: id,
    state,
    events: stands.reduce((sum, { nextOffset, end }) => sum + Math.max(0, end - nextOffset), 0),
    tooOld: stands.some(({ nextOffset, due }) => nextOffset < due),
  };
}

export function judgeBehind(behind: readonly GenerationBehind[]): Alarm[] {
  const tooOld = behind.filter(({ tooOld }) => tooOld).map(({ generation, state }) => ({ generation, state }));
  return tooOld.length === 0 ? [] : [{ code: 'generation-behind', source: null, details: { generations: tooOld } }];
}

/** A build that halted waits for a person; one that is cancelled or resumed does not. */
export function judgeBuilds(generations: readonly Pick<ListedGeneration, 'id' | 'state' | 'stage' | 'failure'>[]): Alarm[] {
  return generations
    .filter(({ state, failure }) => state === 'building' && failure !== null)
    .map(({ id, stage, failure }) => ({ code: 'build-failed', source: null, details: { generation: id, stage, failure } }));
}

/** The last request of a verb that came to an end. */
export interface EndedRequest {
  id: string;
  verb: string;
  state: string;
  /** Milliseconds since 1970. */
  endedAt: number;
}

/** What was asked for last and failed; asking again and seeing it done clears it, as accepting does. */
export function judgeRequests(last: readonly EndedRequest[], o: { acceptedAt: number | null }): Alarm[] {
  const failed = last.filter(({ state, endedAt }) => state === 'failed' && endedAt > (o.acceptedAt ?? 0));
  if (failed.length === 0) return [];
  return [{ code: 'upkeep-request-failed', source: null, details: { requests: failed.map(({ id, verb }) => ({ id, verb })) } }];
}
