import { doubleMetaphone } from 'double-metaphone';

const LATIN_WORD = /^[a-z]{2,}$/;
/** Names repeat: a town has far fewer than this many. */
const REMEMBERED = 50_000;
const remembered = new Map<string, readonly string[]>();

/**
 * How a normalised word sounds: one or two Double Metaphone codes (Lawrence Philips, 2000); none for single letters and for scripts other
 * than Latin, which are found by spelling. Two words sound alike when they share a code.
 */
export function soundsOf(word: string): readonly string[] {
  const known = remembered.get(word);
  if (known) return known;
  const sounds = LATIN_WORD.test(word) ? codesOf(word) : [];
  if (remembered.size >= REMEMBERED) remembered.clear();
  remembered.set(word, sounds);
  return sounds;
}

function codesOf(word: string): string[] {
  // The silent p of Thompson and Hampton, which Double Metaphone sounds.
  const codes = doubleMetaphone(word.replace(/mp(?=[st])/g, 'm'));
  return [...new Set(codes)].filter((code) => code !== '');
}
