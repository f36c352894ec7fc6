import { nameFormsOf } from './name-forms.js';
import { nicknameKind } from './nicknames.js';
import { normalisePostcode } from './postcode.js';
import type { RecordedName, TypedSearch } from './searchable-person.js';
import { soundsOf } from './sounds.js';

type Part = 'family' | 'given';
interface Reason {
  /** How far from what was typed: 0 exact, then nickname, sound. */
  distance: number;
  says: string | null;
}

/** What may be told of somebody who was found: a reason names nothing else. */
export interface ToldPerson {
  /** The name they are listed by. */
  listedAs: RecordedName;
  names: readonly RecordedName[];
  /** The date of birth they are listed with, and every one on record: `YYYY-MM-DD`, `YYYY-MM` or `YYYY`. */
  listedDate: string | null;
  dates: readonly string[];
  /** Of the address they are listed with, and of all. */
  listedPostcode: string | null;
  postcodes: readonly string[];
}

/**
 * Why somebody was found, in words for the reader: `name`, `full name: Thomas`, `former name: Anna Smith`, `similar family name`, `case ID`,
 * `date of birth`, `date of birth in another record`, `postcode of another address`; several are joined by commas.
 * @param turned what was typed is the other way round here: what stands as the family name was typed as a first name
 */
export function whyMatched(typed: TypedSearch, person: ToldPerson, turned = false): string {
  if (typed.caseId?.trim()) return 'case ID';
  const order = turned ? 'names the other way round' : null;
  const names = [order, closestReason('family', typed.familyName, person), closestReason('given', typed.givenName, person)];
  const named = [...new Set(names.filter((reason) => reason !== null))].join(', ') || 'name';
  return [named, dateReason(typed, person), postcodeReason(typed, person)].filter((reason) => reason !== null).join(', ');
}

function closestReason(part: Part, typed = '', { names, listedAs }: ToldPerson): string | null {
  const typedForms = formsOf([typed]);
  if (typedForms.length === 0) return null;
  const listed = wholeName(listedAs);
  const reasons = names
    .map((name) => reasonOf(part, typedForms, name, wholeName(name) === listed ? undefined : (NAME_KINDS[name.kind ?? ''] ?? ALSO)))
    .filter((reason) => reason !== null);
  // Between equally close names one that needs no explanation wins: the one they are listed by.
  reasons.sort((a, b) => a.distance - b.distance || Number(a.says !== null) - Number(b.says !== null));
  return reasons[0]?.says ?? null;
}

/** @param where what a name is to the one they are listed by */
function reasonOf(part: Part, typed: string[], name: RecordedName, where: string | undefined): Reason | null {
  const written = part === 'family' ? (name.family ? [name.family] : name.given) : name.given.length > 0 ? name.given : [name.family ?? ''];
  const recorded = formsOf(written);
  const whole = wholeName(name);
  if (typed.some((form) => recorded.includes(form))) return { distance: 0, says: where ? `${where}: ${whole}` : null };
  for (const value of part === 'given' ? written : [])
    for (const form of typed) {
      const kind = formsOf([value]).map((other) => nicknameKind(form, other)).find((found) => found !== null); // prettier-ignore
      if (kind) return { distance: 1, says: `${kind}: ${value}${where ? ` (${where})` : ''}` };
    }
  const sounds = new Set(recorded.flatMap(soundsOf));
  if (!typed.flatMap(soundsOf).some((sound) => sounds.has(sound))) return null;
  return {
    distance: 2,
    says: where
      ? `${where === ALSO ? 'also known by a similar name' : `similar ${where}`}: ${whole}`
      : `similar ${part === 'family' ? 'family' : 'first'} name`,
  };
}

const ALSO = 'also known as';
const NAME_KINDS: Record<string, string> = { former: 'former name' };

const wholeName = ({ family, given }: RecordedName): string => [...given, family].filter(Boolean).join(' ');

function formsOf(values: readonly string[]): string[] {
  const { words, joined, parts } = nameFormsOf(values);
  return [...words, ...joined.map(({ word }) => word), ...parts];
}

function dateReason({ dateOfBirth, year }: TypedSearch, { listedDate, dates }: ToldPerson): string | null {
  const typed = dateOfBirth || year;
  if (!typed) return null;
  if (listedDate?.startsWith(typed)) return dateOfBirth ? 'date of birth' : 'year of birth';
  if (listedDate && typed.startsWith(listedDate)) return `date of birth known only as ${listedDate}`;
  if (dates.some((date) => date.startsWith(typed))) return `${dateOfBirth ? 'date' : 'year'} of birth in another record`;
  const [vague] = dates.filter((date) => typed.startsWith(date));
  return vague ? `date of birth in another record, known only as ${vague}` : null;
}

function postcodeReason({ postcode = '' }: TypedSearch, { listedPostcode, postcodes }: ToldPerson): string | null {
  const typed = normalisePostcode(postcode);
  const isTyped = (recorded: string | null) => recorded !== null && normalisePostcode(recorded) === typed;
  if (typed === '') return null;
  if (isTyped(listedPostcode)) return 'postcode';
  return postcodes.some(isTyped) ? 'postcode of another address' : null;
}
