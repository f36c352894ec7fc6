import type { Journey, ServiceShown, WayToSearch } from '../authority.js';
import { counted } from '../ops-pages/lasting-words.js';

export const JOURNEY_WORDS: Record<Journey, string> = {
  'search-any': 'Search any individual',
  'child-first': 'Child first, and from there who is linked to that child',
};
export const SEARCH_WORDS: Record<WayToSearch, string> = { names: 'By names', 'case-id': 'By case ID' };
export const DISPLAY_WORDS: Record<ServiceShown['display'], string> = {
  shown: 'Shown',
  'no-agreement': 'Named, and nothing of it shown: there is no agreement',
  broker: 'Nothing of it shown: its broker is rung',
  hidden: 'Not shown at all, not even named',
};

export const yesOrNo = (value: boolean): string => (value ? 'Yes' : 'No');
/** 0.2 → "20 %" */
export const shareWords = (share: number): string => `${Math.round(share * 1_000) / 10} %`;

const UNITS = [
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
  ['second', 1],
] as const;

/** Seconds as they were agreed, none of them rounded away: 900 → "15 minutes", 108000 → "30 hours". */
export function agreedWords(seconds: number): string {
  const [name, length] = UNITS.find(([, length]) => seconds % length === 0)!;
  return counted(seconds / length, name);
}

/** The same of a duration as a file has it: `PT15M`. */
export function durationWords(text: string): string {
  const words = [...text.matchAll(/(\d+)([DHMS])/g)].map(([, count, letter]) => {
    const [name] = UNITS.find(([unit]) => unit.startsWith(letter!.toLowerCase()))!;
    return counted(Number(count), name);
  });
  return words.join(' ') || text;
}
