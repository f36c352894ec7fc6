/**
 * NHS numbers in the range kept for tests (999 and seven digits more), which no living person holds.
 * The tenth digit is the modulus 11 check digit of the NHS Data Dictionary; a number whose check digit would be 10 is never issued.
 */
const NUMBERS = 1_000_000;
/** Prime to the count of numbers, so that no two people meet. */
const SCATTER = 618_033;

/** The test number of the nth person, n below 500,000; no two share one. Null for the few to whom neither of two numbers could be issued. */
export function nhsNumberOf(n: number): string | null {
  return numberAt(2 * n) ?? numberAt(2 * n + 1);
}

function numberAt(place: number): string | null {
  const first9 = `999${String((place * SCATTER) % NUMBERS).padStart(6, '0')}`;
  const check = nhsCheckDigit(first9);
  return check === null ? null : first9 + check;
}

export function nhsCheckDigit(first9: string): string | null {
  const sum = first9.split('').reduce((total, digit, i) => total + Number(digit) * (10 - i), 0);
  const check = (11 - (sum % 11)) % 11;
  return check === 10 ? null : String(check);
}
