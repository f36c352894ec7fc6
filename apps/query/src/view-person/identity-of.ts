import { DETAIL_FLAGS, GENDERS } from '#lib/events';
import { type Authority, caseManagementOf, databaseName } from '../authority.js';
import { ageDay } from './age.js';
import { inOrderOfBelief } from './believed-first.js';
import { birthBelieved, isEstimated } from './birth-believed.js';
import { type Birth, birthShown, deathShown, deathWords } from './birth.js';
import type { KnownPerson } from './known-person.js';
import type { KnownAddress, PersonIdentity } from './person-identity.js';
import { currentAddressOf, isSamePlace, type ShownAddress, shownAddressesOf, wordsOf } from './shown-addresses.js';
import type { StoredRecord } from './stored-record.js';

export type NameAndBirth = Pick<PersonIdentity, 'person' | 'family' | 'given' | 'title' | 'birth' | 'deceasedOn' | 'diedWords'>;

/** What may be shown of a person, most believed first. */
export const believedFirst = ({ records }: KnownPerson, authority: Authority): StoredRecord[] => inOrderOfBelief(records, authority);

/** With what counts for how old they are alone. */
const datedFirst = ({ records, ofOtherAges }: KnownPerson, authority: Authority) =>
  inOrderOfBelief([...records, ...ofOtherAges], authority);

/** How a person is named and dated wherever they appear. */
export function nameAndBirthOf(person: KnownPerson, authority: Authority, now: number): NameAndBirth {
  const { family, given } = mainNameOf(believedFirst(person, authority));
  const records = datedFirst(person, authority);
  const dated = birthBelieved(records);
  const deceasedOn = deceasedOnOf(records);
  const birth = dated ? birthOf(dated, ageDay(now, deceasedOn)) : null;
  return { person: person.person, family, given, title: titleOf(family, given), birth, ...deathShown(deceasedOn, birth) };
}

/** The code of their gender as the most believed source states it; null where none does. */
export const genderOf = (person: KnownPerson, authority: Authority): string | null => genderIn(believedFirst(person, authority)) ?? null;

const genderIn = (records: readonly StoredRecord[]) =>
  records.map((record) => record.gender).find((code) => code !== null && !['not-known', 'not-stated'].includes(code));

/** Everything that may be shown of who a person is. */
export function identityOf(person: KnownPerson, authority: Authority, now: number): PersonIdentity {
  const records = believedFirst(person, authority);
  const main = nameAndBirthOf(person, authority, now);
  const { deceasedOn } = main;
  const day = ageDay(now, deceasedOn);
  const { all, current } = addressesOf(person, authority, now);
  const addresses = current ? [current, ...all.filter((address) => address !== current)] : all;
  const shown = addresses.map((address) => addressShown(address, authority, placeAmong(addresses, address)));
  const gender = genderIn(records);
  return {
    ...main,
    otherNames: otherNamesOf(records, titleOf(main.family, main.given), authority),
    otherBirths: otherBirthsOf(records, main.birth, day, authority),
    gender: gender ? GENDERS[gender as keyof typeof GENDERS] : null,
    deathWords: deceasedOn === null ? null : deathWords(deceasedOn, main.birth),
    address: current && shown[0]!,
    otherAddresses: current ? shown.slice(1) : shown,
    ...caseIdsOf(records, authority),
    flags: records.flatMap((record) => record.flags.map((flag) => flagWords(flag, record, authority))),
    nameOnly: main.birth === null && addresses.length === 0,
  };
}

/**
 * The addresses that may be shown of a person, and the one where they live as far as known. What is confidential to a source that
 * tells nothing of them, or not at this age, is shown of nobody else's either.
 */
export function addressesOf(person: KnownPerson, authority: Authority, now: number): { all: ShownAddress[]; current: ShownAddress | null } {
  const records = believedFirst(person, authority);
  const all = shownAddressesOf([...records, ...person.ofOtherAges, ...person.silent, ...person.doubted], records);
  return { all, current: currentAddressOf(all, ageDay(now, deceasedOnOf(datedFirst(person, authority)))) };
}

/** "Mosaic 249012", or "Not found in Mosaic". */
export function caseIdsOf(records: readonly StoredRecord[], authority: Authority): Pick<PersonIdentity, 'caseIds' | 'caseIdWords'> {
  const { id, name } = caseManagementOf(authority);
  const caseIds = records.filter(({ source }) => source === id).map(({ recordId }) => recordId);
  return { caseIds, caseIdWords: caseIds.length > 0 ? `${name} ${caseIds.join(', ')}` : `Not found in ${name}` };
}

function mainNameOf(records: readonly StoredRecord[]): { family: string | null; given: string[] } {
  const names = records.flatMap((record) => record.names);
  return names.find(({ kind }) => kind === 'current') ?? names[0] ?? { family: null, given: [] };
}

/** "WILLIAMS, Tommy"; a person with one name only: "TOMMY". */
export function titleOf(family: string | null, given: readonly string[]): string {
  const capitals = (text: string) => text.toLocaleUpperCase('en-GB');
  if (family === null) return capitals(given.join(' ')) || 'Name not known';
  return given.length > 0 ? `${capitals(family)}, ${given.join(' ')}` : capitals(family);
}

const deceasedOnOf = (records: readonly StoredRecord[]) => records.find(({ deceasedOn }) => deceasedOn !== null)?.deceasedOn ?? null;

export function birthOf(record: StoredRecord, day: string): Birth | null {
  return record.birth && birthShown(record.birth, isEstimated(record), day);
}

function otherNamesOf(records: readonly StoredRecord[], mainTitle: string, authority: Authority): PersonIdentity['otherNames'] {
  const seen = new Set([mainTitle]);
  return records
    .flatMap(({ source, names }) =>
      names.map(({ family, given, kind }) => ({ source, database: databaseName(authority, source), family, given, kind })),
    )
    .filter(({ family, given }) => {
      const title = titleOf(family, given);
      return !seen.has(title) && seen.add(title);
    });
}

function otherBirthsOf(
  records: readonly StoredRecord[],
  main: Birth | null,
  day: string,
  authority: Authority,
): PersonIdentity['otherBirths'] {
  const seen = new Set([main?.words]);
  return records.flatMap((record) => {
    const birth = birthOf(record, day);
    if (birth === null || seen.has(birth.words)) return [];
    seen.add(birth.words);
    return [{ source: record.source, database: databaseName(authority, record.source), ...birth }];
  });
}

const placeAmong = (addresses: readonly ShownAddress[], address: ShownAddress): number =>
  addresses.findIndex((first) => isSamePlace(first, address));

/** @param place that of all which are one place */
export function addressShown(address: ShownAddress, authority: Authority, place = 0): KnownAddress {
  const { record, kind, from, to } = address;
  const database = databaseName(authority, record.source);
  return { source: record.source, database, words: wordsOf(address), kind, from, to, statedAt: record.statedAt, place };
}

function flagWords(flag: string, { source }: StoredRecord, authority: Authority): string {
  return `${DETAIL_FLAGS[flag as keyof typeof DETAIL_FLAGS] ?? flag} (${databaseName(authority, source)})`;
}
