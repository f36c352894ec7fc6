import { isFullDate } from './birth-date.js';
import type { Comparable } from './comparable.js';
import { soundsOf } from './sounds.js';

/**
 * The keys under which a record is compared with others: two records are compared when they share one. Sorted, unique, a function of the
 * record alone, so that order of arrival changes nothing. They hold personal data: whoever stores them stores a keyed hash.
 */
export function blockingKeysOf({ names, born, postcodes, uprns, nhs, upn }: Comparable): string[] {
  const keys = new Set<string>();
  for (const value of nhs) keys.add(`nhs|${value}`);
  for (const value of upn) keys.add(`upn|${value}`);
  const [year, month, day] = born?.split('-') ?? [];
  const places = [...postcodes.map((postcode) => `p${postcode}`), ...uprns.map((uprn) => `u${uprn}`)];
  if (isFullDate(born)) for (const place of places) keys.add(`born,place|${born}|${place}`);
  for (const { family, given } of names) {
    const first = given[0] ?? '';
    const [familySounds, givenSounds] = [soundOrWord(family), soundOrWord(first)];
    for (const sound of new Set([...familySounds, ...givenSounds])) if (isFullDate(born)) keys.add(`name,born|${sound}|${born}`);
    for (const sound of givenSounds) for (const place of places) keys.add(`given,place|${sound}|${place}`);
    for (const one of familySounds)
      for (const other of givenSounds) {
        // Swapped names share the key: the two sounds stand in order.
        const pair = [one, other].sort().join(',');
        if (year) keys.add(`names,year|${pair}|${year}`);
        if (month && day) keys.add(`names,day|${pair}|${[month, day].sort().join()}`);
      }
  }
  return [...keys].sort();
}

function soundOrWord(word: string): string[] {
  if (word === '') return [];
  const sounds = soundsOf(word);
  return sounds.length > 0 ? [...sounds] : [word];
}
