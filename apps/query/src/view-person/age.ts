import { londonDay } from '../day-words.js';

/** Whole years a person may be: equal ends when the age is certain. Unborn is -1. */
export interface AgeRange {
  youngest: number;
  oldest: number;
}

export interface RecordedBirth {
  /** `YYYY-MM-DD`, `YYYY-MM` or `YYYY` */
  date: string;
  precision: 'day' | 'month' | 'year' | 'expected';
  /** The source says that it is a guess: of that the year counts. Not so unless said. */
  estimated?: boolean;
}

export const UNBORN = -1;

/** Age on a day (`YYYY-MM-DD`, in London). Who was born on 29 February is a year older from 1 March in other years. */
export function ageOn(born: string, day: string): number {
  if (born > day) return UNBORN;
  const years = Number(day.slice(0, 4)) - Number(born.slice(0, 4));
  return born.slice(5) > day.slice(5) ? years - 1 : years;
}

const asKnown = ({ date, precision, estimated = false }: RecordedBirth): string =>
  estimated && precision !== 'expected' ? date.slice(0, 4) : date;

/** The ages that a date of birth, as precise as it is known, allows on that day. An expected birth may have happened once its date is past. */
export function ageRangeOf(birth: RecordedBirth, day: string): AgeRange {
  const date = asKnown(birth);
  const earliest = `${date}-01-01`.slice(0, 10);
  const latest = date.length === 10 ? date : date.length === 7 ? `${date}-31` : `${date}-12-31`;
  const oldest = ageOn(earliest, day);
  return { youngest: birth.precision === 'expected' ? UNBORN : ageOn(latest, day), oldest };
}

/** "14 yrs", "7 months", "under 1 month", "13 or 14 yrs", "unborn". */
export function ageWords(birth: RecordedBirth, day: string): string {
  const { youngest, oldest } = ageRangeOf(birth, day);
  if (oldest === UNBORN) return 'unborn';
  if (birth.precision === 'expected') return 'expected date has passed';
  if (youngest === UNBORN) return `under ${years(oldest + 1)}`;
  // Where a day or a month is missing, so few years are none that anybody counts.
  const known = asKnown(birth);
  if (youngest === 0 && known.length < 10) return `under ${years(oldest + 1)}`;
  if (youngest !== oldest) return `${youngest} or ${oldest} yrs`;
  return youngest < 2 && known.length === 10 ? monthsWords(known, day) : years(oldest);
}

const years = (count: number) => (count === 1 ? '1 yr' : `${count} yrs`);

function monthsWords(born: string, day: string): string {
  const [year, month, date] = [0, 1, 2].map((at) => Number(day.split('-')[at]) - Number(born.split('-')[at])) as [number, number, number];
  const months = year * 12 + month - (date < 0 ? 1 : 0);
  if (months === 0) return 'under 1 month';
  return months === 1 ? '1 month' : `${months} months`;
}

/** The day on which a person's age is reckoned: today in London, or the day they died. */
export const ageDay = (now: number, deceasedOn: string | null): string => {
  const today = londonDay(now);
  return deceasedOn !== null && deceasedOn < today ? deceasedOn : today;
};
