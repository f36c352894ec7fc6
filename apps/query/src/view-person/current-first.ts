import { londonDay } from '../day-words.js';
import { ageDay } from './age.js';
import type { KnownAddress, PersonIdentity } from './person-identity.js';
import { holdsOn } from './shown-addresses.js';

/** Every known address: where the person lives first, then where else a source has them living, then former ones; in each the newest first. */
export function currentFirst(
  { address, otherAddresses, deceasedOn }: Pick<PersonIdentity, 'address' | 'otherAddresses' | 'deceasedOn'>,
  now: number,
): (KnownAddress & { current: boolean })[] {
  const day = ageDay(now, deceasedOn);
  const others = otherAddresses.map((other) => ({ ...other, current: holdsOn(other, day) })).toSorted(newestFirst);
  const lives = address === null ? [] : [{ ...address, current: true }];
  return [...lives, ...others.filter(({ current }) => current), ...others.filter(({ current }) => !current)];
}

/** By when it ended, else began, else was stated. */
const newestFirst = (one: KnownAddress, other: KnownAddress): number => lastKnown(other).localeCompare(lastKnown(one));
const lastKnown = ({ from, to, statedAt }: KnownAddress): string => to ?? from ?? londonDay(statedAt);
