import { nameFormsOf } from './name-forms.js';
import { nicknameKind } from './nicknames.js';
import type { RecordedName, SearchablePerson, TypedSearch } from './searchable-person.js';
import { soundsOf } from './sounds.js';

type Part = 'family' | 'given';
interface Reason {
  /** How far from what was typed: 0 exact, then nickname, sound. */
  distance: number;
  says: string | null;
}

/**
 * Why a record was found, in words for the reader: `name`, `full name: Thomas`, `former name: Anna Smith`, `similar family name`,
 * `case ID`; several are joined by commas.
 */
export function whyMatched(typed: TypedSearch, person: Pick<SearchablePerson, 'names' | 'dateOfBirth'>): string {
  if (typed.caseId?.trim()) return 'case ID';
  const reasons = [
    closestReason('family', typed.familyName, person.names),
    closestReason('given', typed.givenName, person.names),
    partialDate(typed, person.dateOfBirth?.date),
  ].filter((reason) => reason !== null);
  return [...new Set(reasons)].join(', ') || 'name';
}

function closestReason(part: Part, typed = '', names: readonly RecordedName[]): string | null {
  const typedForms = formsOf([typed]);
  if (typedForms.length === 0) return null;
  const reasons = names.map((name) => reasonOf(part, typedForms, name)).filter((reason) => reason !== null);
  // Between equally close names one that needs no explanation wins: the current name.
  reasons.sort((a, b) => a.distance - b.distance || Number(a.says !== null) - Number(b.says !== null));
  return reasons[0]?.says ?? null;
}

function reasonOf(part: Part, typed: string[], name: RecordedName): Reason | null {
  const written = part === 'family' ? (name.family ? [name.family] : name.given) : name.given.length > 0 ? name.given : [name.family ?? ''];
  const recorded = formsOf(written);
  const where = NAME_KINDS[name.kind ?? 'current'];
  const whole = [...name.given, name.family].filter(Boolean).join(' ');
  if (typed.some((form) => recorded.includes(form))) return { distance: 0, says: where ? `${where}: ${whole}` : null };
  for (const value of part === 'given' ? written : [])
    for (const form of typed) {
      const kind = formsOf([value]).map((other) => nicknameKind(form, other)).find((found) => found !== null); // prettier-ignore
      if (kind) return { distance: 1, says: `${kind}: ${value}${where ? ` (${where})` : ''}` };
    }
  const sounds = new Set(recorded.flatMap(soundsOf));
  if (!typed.flatMap(soundsOf).some((sound) => sounds.has(sound))) return null;
  return { distance: 2, says: where ? `similar ${where}: ${whole}` : `similar ${part === 'family' ? 'family' : 'first'} name` };
}

const NAME_KINDS: Record<string, string> = { former: 'former name', alias: 'also known as' };

function formsOf(values: readonly string[]): string[] {
  const { words, joined, parts } = nameFormsOf(values);
  return [...words, ...joined.map(({ word }) => word), ...parts];
}

function partialDate(typed: TypedSearch, recorded?: string): string | null {
  if (!typed.dateOfBirth || !recorded || recorded.length >= typed.dateOfBirth.length) return null;
  return `date of birth known only as ${recorded}`;
}
