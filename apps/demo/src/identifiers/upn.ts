/** Check letters of a unique pupil number (Department for Education: A guide to UPNs), by remainder of 23. */
const LETTERS = 'ABCDEFGHJKLMNPQRTUVWXYZ';
/** No local authority has this number. */
const AUTHORITY = '999';

/** The unique pupil number of the nth person, first issued in that year. */
export function upnOf(n: number, year: number): string {
  const digits = `${AUTHORITY}${4000 + (n % 997)}${String(year).slice(2)}${String(Math.floor(n / 997) % 1000).padStart(3, '0')}`;
  return checkLetter(digits) + digits;
}

export function checkLetter(digits: string): string {
  return LETTERS[digits.split('').reduce((total, digit, i) => total + Number(digit) * (i + 2), 0) % 23]!;
}
