import { openTerms } from '#lib/audit';

/** They were written, and nobody can open them any more: the key is not the one. */
export const LOST = Symbol('words that can’t be opened');

/** Somebody's own words as they were kept; null: they wrote none. */
export type KeptWords = string | typeof LOST | null;

/** @param sealed base64; null: nothing was written @param place what they were sealed for */
export function openWords(key: Buffer, sealed: string | null, place: string): KeptWords {
  if (sealed === null) return null;
  try {
    return openTerms(key, Buffer.from(sealed, 'base64'), place).words ?? null;
  } catch {
    return LOST;
  }
}
