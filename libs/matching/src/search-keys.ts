import { normaliseId, normaliseIdentifier } from './identifier-keys.js';
import { nameFormsOf } from './name-forms.js';
import { fullNamesOf } from './nicknames.js';
import { openPostcodesOf } from './open-postcodes.js';
import type { RecordedName, SearchablePerson } from './searchable-person.js';
import { soundsOf } from './sounds.js';

/**
 * The keys a record is found by, sorted and unique: `f:` family word, `g:` given word, `fs:` and `gs:` their sounds, `gn:` the full name it is short for, `d:` date of birth as
 * far as it is known, `y:` its year, `p:` postcode, `c:` case id, `i:<type>:` identifier. Former names and aliases count like current ones.
 * A confidential address gives no key.
 */
export function searchKeysOf(person: SearchablePerson): string[] {
  const keys = new Set<string>();
  for (const name of person.names) addNameKeys(keys, name);
  const born = person.dateOfBirth?.date;
  if (born) keys.add(`d:${born}`).add(`y:${born.slice(0, 4)}`);
  for (const postcode of openPostcodesOf(person)) keys.add(`p:${postcode}`);
  addIdKey(keys, 'c:', normaliseId(person.recordId));
  for (const { type, value } of person.identifiers) {
    addIdKey(keys, `i:${type}:`, normaliseIdentifier(type, value));
    if (type === 'cms') addIdKey(keys, 'c:', normaliseId(value));
  }
  return [...keys].sort();
}

function addNameKeys(keys: Set<string>, { family, given }: RecordedName): void {
  const familyNames = family ? [family] : [];
  // A person with one name only is found by it whichever box it is typed into.
  addWordKeys(keys, 'f', familyNames.length > 0 ? familyNames : given);
  addWordKeys(keys, 'g', given.length > 0 ? given : familyNames);
}

function addWordKeys(keys: Set<string>, letter: 'f' | 'g', values: readonly string[]): void {
  const { words, joined, parts } = nameFormsOf(values);
  for (const word of [...words, ...joined.map(({ word }) => word), ...parts]) {
    keys.add(`${letter}:${word}`);
    for (const sound of soundsOf(word)) keys.add(`${letter}s:${sound}`);
    if (letter === 'g') for (const full of fullNamesOf(word)) keys.add(`gn:${full}`);
  }
}

function addIdKey(keys: Set<string>, prefix: string, id: string): void {
  if (id !== '') keys.add(prefix + id);
}
