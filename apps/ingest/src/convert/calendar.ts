/** A date as far as it is written: `2012`, `2012-05` or `2012-05-14`. */
type Written = string;

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const TIME = String.raw`(?:[T ]\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?: ?(?:AM|PM))?(?:Z|[+-]\d{2}:?\d{2})?)?`;
const FORMS: readonly [RegExp, (parts: string[], today: string) => (string | undefined)[]][] = [
  [new RegExp(String.raw`^(\d{4})-(\d{1,2})-(\d{1,2})${TIME}$`, 'i'), ([y, m, d]) => [y, m, d]],
  [/^(\d{4})(\d{2})(\d{2})$/, ([y, m, d]) => [y, m, d]],
  [new RegExp(String.raw`^(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})${TIME}$`, 'i'), ([d, m, y]) => [y, m, d]],
  [new RegExp(String.raw`^(\d{1,2})[/.-](\d{1,2})[/.-](\d{2})${TIME}$`, 'i'), ([d, m, y], today) => [centuryOf(y!, today), m, d]],
  [new RegExp(String.raw`^(\d{1,2})[ -]([a-z]{3,9})[ -](\d{4})${TIME}$`, 'i'), ([d, m, y]) => [y, monthOf(m!), d]],
  [
    new RegExp(String.raw`^(\d{1,2})[ -]([a-z]{3,9})[ -](\d{2})${TIME}$`, 'i'),
    ([d, m, y], today) => [centuryOf(y!, today), monthOf(m!), d],
  ],
  [/^(\d{4})$/, ([y]) => [y]],
  [/^(\d{1,2})[/.-](\d{4})$/, ([m, y]) => [y, m]],
  [/^(\d{4})-(\d{1,2})$/, ([y, m]) => [y, m]],
  [/^([a-z]{3,9})[ -](\d{4})$/i, ([m, y]) => [y, monthOf(m!)]],
];

/**
 * Reads a date in the forms that sources write: ISO with or without a time, dd/mm/yyyy, dd-Mon-yy, a spreadsheet's day number, and parts of a
 * date. The day stands before the month. @param today decides the century of a year of two digits: the latest that is not after it.
 * @returns undefined where it is no real date
 */
export function dateIn(text: string, today: string): Written | undefined {
  const serial = /^(\d{5})(?:\.\d+)?$/.exec(text)?.[1];
  if (serial !== undefined) return dayOfSerial(Number(serial));
  for (const [form, parts] of FORMS) {
    const match = form.exec(text);
    if (match) return real(parts(match.slice(1), today));
  }
  return undefined;
}

/** Day numbers of spreadsheets from 1927 on: day 1 was 1900-01-01, and they count a 29 February 1900 that never was. */
function dayOfSerial(serial: number): string {
  return new Date(Date.UTC(1899, 11, 30) + serial * 86_400_000).toISOString().slice(0, 10);
}

function real([year, month, day]: (string | undefined)[]): string | undefined {
  if (month === undefined) return year;
  if (!/^\d+$/.test(month)) return undefined;
  const date = new Date(`${year}-${month.padStart(2, '0')}-${(day ?? '1').padStart(2, '0')}T00:00:00Z`);
  if (Number.isNaN(date.getTime()) || date.getUTCMonth() !== Number(month) - 1) return undefined;
  return date.toISOString().slice(0, day === undefined ? 7 : 10);
}

const monthOf = (name: string): string => {
  const place = MONTHS.indexOf(name.slice(0, 3).toLowerCase());
  return place === -1 ? 'none' : String(place + 1);
};

function centuryOf(twoDigits: string, today: string): string {
  const century = Number(today.slice(0, 2)) * 100;
  const year = century + Number(twoDigits);
  return String(year <= Number(today.slice(0, 4)) ? year : year - 100);
}
