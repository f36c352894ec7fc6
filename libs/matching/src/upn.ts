/** The check letters of a unique pupil number: no I, O or S. */
const LETTERS = 'ABCDEFGHJKLMNPQRTUVWXYZ';

/**
 * A unique pupil number as 13 characters, or null where it can't be one. Check letter by the Department for Education's rule: characters 2
 * to 13 times 2 to 13, modulo 23; the last may be a letter in a temporary number.
 */
export function validUpn(value: string): string | null {
  const upn = value.normalize('NFKC').replace(/[\s-]/g, '').toUpperCase();
  if (!/^[A-HJ-NP-RT-Z]\d{11}[\dA-HJ-NP-RT-Z]$/.test(upn)) return null;
  const sum = Array.from(upn.slice(1), (character, place) => valueOf(character) * (place + 2)).reduce((total, part) => total + part);
  return LETTERS[sum % 23] === upn[0] ? upn : null;
}

/** The year in which a valid number was given out, by its ninth and tenth characters. There were none before 1997. */
export function yearOfUpn(upn: string): number {
  const year = Number(upn.slice(8, 10));
  return year < 90 ? 2000 + year : 1900 + year;
}

function valueOf(character: string): number {
  return /\d/.test(character) ? Number(character) : LETTERS.indexOf(character);
}
