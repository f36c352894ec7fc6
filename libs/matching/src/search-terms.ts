import { normaliseId } from './identifier-keys.js';
import { nameFormsOf, type NameForms } from './name-forms.js';
import { nicknames } from './nicknames.js';
import { normalisePostcode } from './postcode.js';
import type { TypedSearch } from './searchable-person.js';
import { soundsOf } from './sounds.js';

/** Words that sources write, join or leave out as they please (van der Berg, Al-Hassan, O Connor); never asked for beside a real name. */
const PARTICLES = new Set('al bin bint da de del della den der di do dos du el ibn la le lo mac mc o ten ter ul van von'.split(' '));

/**
 * What was typed, as keys of `searchKeysOf`: every group must match, by any one of its keys (the word itself, a nickname of it, its sound).
 * No group at all means that nothing searchable was typed.
 */
export function searchTermsOf(typed: TypedSearch): { all: string[][] } {
  const all = [...nameGroups('f', typed.familyName), ...nameGroups('g', typed.givenName)];
  const caseId = normaliseId(typed.caseId ?? '');
  // Read out or copied in groups, "306 768" is the ID without its spaces too.
  if (caseId !== '') all.push([...new Set([`c:${caseId}`, `c:${caseId.replaceAll(/\s/g, '')}`])]);
  const { dateOfBirth, year } = typed;
  if (dateOfBirth) all.push(dateKeys(dateOfBirth));
  else if (year) all.push([`y:${year}`]);
  const postcode = normalisePostcode(typed.postcode ?? '');
  if (postcode !== '') all.push([`p:${postcode}`]);
  return { all };
}

/** A record that knows only the month or the year of birth may be the person with this date. */
function dateKeys(date: string): string[] {
  return [...new Set([date, date.slice(0, 7), date.slice(0, 4)])].map((part) => `d:${part}`);
}

function nameGroups(letter: 'f' | 'g', typed = ''): string[][] {
  const forms = nameFormsOf([typed]);
  const places = forms.words.map((_, place) => place);
  const named = places.filter((place) => !PARTICLES.has(forms.words[place] ?? ''));
  return (named.length > 0 ? named : places).map((place) => wordGroup(letter, forms, place));
}

function wordGroup(letter: 'f' | 'g', { words, joined }: NameForms, place: number): string[] {
  const word = words[place] ?? '';
  const spellings = [word, ...joined.filter(({ from, to }) => from <= place && place <= to).map(({ word }) => word)];
  const keys = new Set(spellings.map((spelling) => `${letter}:${spelling}`));
  if (letter === 'g') for (const nickname of spellings.flatMap(nicknames)) keys.add(`g:${nickname}`);
  for (const sound of spellings.flatMap(soundsOf)) keys.add(`${letter}s:${sound}`);
  return [...keys];
}
