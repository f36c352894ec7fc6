/**
 * An NHS number as ten digits, or null where it can't be one: wrong length, wrong check digit (modulus 11, NHS Data Dictionary), or one
 * digit repeated, which keeps the modulus but is what people type when they have no number.
 */
export function validNhsNumber(value: string): string | null {
  const digits = value.normalize('NFKC').replace(/[\s-]/g, '');
  if (!/^\d{10}$/.test(digits) || /^(\d)\1+$/.test(digits)) return null;
  const sum = Array.from(digits.slice(0, 9), (digit, place) => Number(digit) * (10 - place)).reduce((total, part) => total + part);
  const check = (11 - (sum % 11)) % 11;
  return check === Number(digits[9]) ? digits : null;
}
