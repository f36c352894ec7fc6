import type { Comparable, ComparableName } from './comparable.js';
import { jaroWinkler } from './jaro-winkler.js';
import type { Level } from './levels.js';
import type { MatchModel } from './match-model.js';
import { nicknameKind } from './nicknames.js';
import { soundsOf } from './sounds.js';
import { weightOf } from './weights.js';

const CLOSE = 0.9;

export interface NameLevels {
  family: Level<'family_name'> | null;
  given: Level<'given_name'> | null;
  /** The values that agree exactly, for their rarity. */
  sameFamily: string | null;
  sameGiven: string | null;
}

/** The levels of the two names, one of each record, that speak most for one person. Symmetric. */
export function compareNames(a: Comparable, b: Comparable, model: MatchModel): NameLevels {
  let best: NameLevels = { family: null, given: null, sameFamily: null, sameGiven: null };
  let most: readonly [number, string] | null = null;
  for (const one of a.names)
    for (const other of b.names) {
      const levels = levelsOf(one, other);
      const weight =
        (levels.family ? weightOf(model, 'family_name', levels.family, levels.sameFamily) : 0) +
        (levels.given ? weightOf(model, 'given_name', levels.given, levels.sameGiven) : 0);
      const text = JSON.stringify(levels);
      if (!most || weight > most[0] || (weight === most[0] && text < most[1])) [best, most] = [levels, [weight, text]];
    }
  return best;
}

function levelsOf(one: ComparableName, other: ComparableName): NameLevels {
  const [first, second] = [one.given[0] ?? '', other.given[0] ?? ''];
  const crossed = first !== second && one.family !== other.family && first !== '' && second !== '';
  if (crossed && first === other.family && second === one.family)
    return { family: 'swapped', given: 'swapped', sameFamily: null, sameGiven: null };
  const family = one.family && other.family ? familyLevel(one, other) : null;
  const given = first && second ? givenLevel(one.given, other.given) : null;
  return { family, given, sameFamily: family === 'same' ? one.family : null, sameGiven: given === 'same' ? first : null };
}

function familyLevel(one: ComparableName, other: ComparableName): Level<'family_name'> {
  if (one.family === other.family) return 'same';
  if (soundAlike(one.family, other.family)) return 'sound';
  if (jaroWinkler(one.family, other.family) >= CLOSE) return 'close';
  return one.familyWords.some((word) => word.length > 2 && other.familyWords.includes(word)) ? 'part' : 'different';
}

function givenLevel(one: readonly string[], other: readonly string[]): Level<'given_name'> {
  const [first, second] = [one[0] as string, other[0] as string];
  if (first === second) return first.length === 1 ? 'initial' : 'same';
  if (first.length === 1 || second.length === 1) return first[0] === second[0] ? 'initial' : 'different';
  if (nicknameKind(first, second)) return 'nickname';
  if (soundAlike(first, second) && jaroWinkler(first, second) >= 0.8) return 'sound';
  if (jaroWinkler(first, second) >= CLOSE) return 'close';
  return one.includes(second) || other.includes(first) ? 'middle' : 'different';
}

function soundAlike(one: string, other: string): boolean {
  const sounds = soundsOf(other);
  return soundsOf(one).some((sound) => sounds.includes(sound));
}
