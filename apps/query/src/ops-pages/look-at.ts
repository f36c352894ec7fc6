import { instantWords } from '../day-words.js';
import { counted, lastingWords } from './lasting-words.js';
import type { Alarm } from './read-alarms.js';
import type { Comparison } from './read-comparisons.js';
import type { WatchedSource } from './read-sources.js';
import { isBalanced, type ListedGeneration, type OperatorRequest, type PartitionTally } from '#lib/read-model';

/** Something that wants a look, and where to look. */
export interface LookAt {
  text: string;
  href: string;
}

export interface State {
  now: number;
  sources: readonly WatchedSource[];
  alarms: readonly Alarm[];
  generations: readonly ListedGeneration[];
  comparisons: readonly Comparison[];
  requests: readonly OperatorRequest[];
  partitions: readonly PartitionTally[];
  oldestParkedAt: number | null;
}

/** After so long somebody should have taken a request, or said something of a build. */
export const TAKEN_WITHIN_MS = 60_000;
const A_DAY = 86_400_000;

/** Everything that wants a look; empty: everything is current. */
export function whatToLookAt(state: State): LookAt[] {
  return [...sourcesIn(state), ...alarmsIn(state), ...parkedIn(state), ...generationsIn(state), ...requestsIn(state), ...balanceIn(state)];
}

const sourcesIn = ({ sources }: State): LookAt[] =>
  sources
    .filter(({ late }) => late)
    .map(({ id, name, completeTo, newestPublishedAt }) => {
      const upTo = completeTo ?? newestPublishedAt;
      return {
        text: `${name} is late: ${upTo === null ? 'not heard from yet' : `known up to ${instantWords(upTo)}`}`,
        href: `/operations/sources/${id}`,
      };
    });

const alarmsIn = ({ alarms, now }: State): LookAt[] =>
  alarms.map(({ code, source, since }) => ({
    text: `Alarm ${code}${source === null ? '' : ` of ${source}`}, for ${lastingWords(now - since)}`,
    href: '#alarms',
  }));

function parkedIn({ partitions, oldestParkedAt, now }: State): LookAt[] {
  const parked = partitions.reduce((sum, { rowsParked }) => sum + rowsParked, 0);
  if (parked === 0) return [];
  const age = oldestParkedAt !== null ? `, the oldest for ${lastingWords(now - oldestParkedAt)}` : '';
  return [{ text: `${counted(parked, 'event')} parked${age}`, href: '/operations/parked' }];
}

function generationsIn({ generations, comparisons, now }: State): LookAt[] {
  const href = '/operations/generations';
  const builds = generations
    .filter(({ state }) => state === 'building')
    .flatMap(({ id, failure, wanted, progressAt, createdAt }) => {
      if (failure !== null) return [{ text: `Building generation ${id} has halted: ${failure}`, href }];
      const silent = wanted === 'run' && now - (progressAt ?? createdAt) > TAKEN_WITHIN_MS;
      return silent
        ? [{ text: `Nobody has been building generation ${id} for ${lastingWords(now - (progressAt ?? createdAt))}`, href }]
        : [];
    });
  const check = comparisons.find(({ beside, differences }) => beside === null && differences > 0);
  return check
    ? [
        ...builds,
        {
          text: `The last check against the log found ${counted(check.differences, 'difference')}`,
          href: `/operations/requests/${check.id}`,
        },
      ]
    : builds;
}

const requestsIn = ({ requests, now }: State): LookAt[] =>
  requests.flatMap(({ id, state, askedAt, endedAt }) => {
    const href = `/operations/requests/${id}`;
    if (state === 'failed' && now - (endedAt ?? askedAt) < A_DAY) return [{ text: 'A request failed', href }];
    const untaken = state === 'waiting' && now - askedAt > TAKEN_WITHIN_MS;
    return untaken ? [{ text: `A request has waited for ${lastingWords(now - askedAt)}: is upkeep running?`, href }] : [];
  });

const balanceIn = ({ partitions }: State): LookAt[] =>
  partitions.every(isBalanced) ? [] : [{ text: 'What was received does not balance with what became of it', href: '/operations/balance' }];
