import { normaliseId, normalisePostcode, saysBirth, saysDay, searchKeysOf, searchTermsOf, validNhsNumber } from '#lib/matching';
import { type Authority, silentSources } from '../authority.js';
import { sourcesOfAges } from './age-rule.js';
import { isDayKnown, isEstimated } from './birth-believed.js';
import type { KnownPerson } from './known-person.js';
import { shownAddressesOf } from './shown-addresses.js';
import type { StoredRecord } from './stored-record.js';

/** What makes a record like a person's, as keys of it, spelled or sounded. Of whom nobody has a whole date of birth, numbers alone: names are common. */
export interface Likeness {
  /** Right NHS numbers of the person, digits alone. */
  nhs: string[];
  /** NHS and pupil numbers, and case IDs as other sources know them. */
  numbers: string[];
  /** Case IDs as the case management system's own. */
  caseIds: string[];
  family: string[];
  given: string[];
  places: string[];
  /** Whole dates of birth, guesses among them: a source may have copied another’s. */
  days: string[];
  /** Their months and years. */
  parts: string[];
  /** The years of these. */
  bornIn: string[];
  /** The years they may have been born in, a slip of one year counted in. */
  years: string[];
}

/** Sources that may tell of everybody, however old: only by what they say are two people told apart in words. */
export const tellingOfAll = (authority: Authority): string[] => {
  const others = [...silentSources(authority), ...sourcesOfAges(authority)];
  return authority.sources.map(({ id }) => id).filter((id) => !others.includes(id));
};

export function likenessOf(records: readonly StoredRecord[], { caseManagementSystem }: Pick<Authority, 'caseManagementSystem'>): Likeness {
  const dated = records.some(({ birth }) => saysDay(birth));
  const names = dated ? records.flatMap((record) => record.names) : [];
  const keysOf = (typed: Parameters<typeof searchTermsOf>[0]) => searchTermsOf(typed).all.flat();
  const births = records.flatMap(({ birth }) => (saysDay(birth) ? keysOf({ dateOfBirth: birth.date }) : []));
  const postcodes = shownAddressesOf(records).map(({ postcode }) => normalisePostcode(postcode ?? ''));
  const own = records.flatMap(({ source, recordId }) => (source === caseManagementSystem ? [{ type: 'cms', value: recordId }] : []));
  const nhs = nhsNumbersOf(records);
  const identifiers = [...own, ...records.flatMap((record) => record.identifiers)].filter(({ type }) => type === 'upn' || type === 'cms');
  const stated = searchKeysOf({ recordId: '', names: [], addresses: [], identifiers });
  return {
    nhs,
    numbers: unique([...nhs.map((number) => `i:nhs:${number}`), ...stated.filter((key) => key.startsWith('i:'))]),
    caseIds: unique(stated.filter((key) => key.startsWith('c:'))),
    family: unique(names.flatMap(({ family, given }) => keysOf({ familyName: family ?? given.join(' ') }))),
    given: unique(names.flatMap(({ family, given }) => keysOf({ givenName: given.length > 0 ? given.join(' ') : (family ?? '') }))),
    places: unique(postcodes.filter((postcode) => dated && postcode !== '').map((postcode) => `p:${postcode}`)),
    days: unique(births.filter(isWhole)),
    parts: unique(births.filter((key) => !isWhole(key))),
    bornIn: unique(records.flatMap(({ birth }) => (saysDay(birth) ? [`y:${birth.date.slice(0, 4)}`] : []))),
    years: unique(records.flatMap(({ birth }) => (saysDay(birth) ? aroundYear(birth.date) : []))),
  };
}

const aroundYear = (date: string): string[] => [-1, 0, 1].map((slip) => String(Number(date.slice(0, 4)) + slip));

/**
 * Whether a record without a whole date of birth is of somebody whose date is known from another record of theirs, and who was born in other years: then a
 * name in common is no more than that. Of dates that stand for "not known", and of guesses, nothing is concluded.
 */
function isOfOtherYears({ years }: Likeness, record: StoredRecord, { records }: KnownPerson, authority: Authority): boolean {
  if (isDayKnown(record)) return false;
  const telling = tellingOfAll(authority);
  const known = records.filter((other) => telling.includes(other.source) && isDayKnown(other) && !isCommonDay(other.birth!.date));
  return known.length > 0 && !known.some(({ birth }) => years.includes(birth!.date.slice(0, 4)));
}

/** A day that stands for "not known" in many records. */
export const isCommonDay = (date: string): boolean => date.endsWith('-01-01');

/** In a list everybody is compared with everybody: what a person or a record is like is spelled out once, for as long as the answer lives. */
const likenesses = new WeakMap<KnownPerson, Likeness>();
const spelled = new WeakMap<StoredRecord, ReadonlySet<string>>();

function once<K extends object, V>(known: WeakMap<K, V>, key: K, make: () => V): V {
  const value = known.get(key) ?? make();
  known.set(key, value);
  return value;
}

/** Whether two people may be one although matching kept them apart: a record of either is like the other, and nobody has decided that it is not theirs. */
export function mayBeSame(one: KnownPerson, other: KnownPerson, authority: Authority): boolean {
  if (!mayMeet(one, other)) return false;
  const alike = (a: KnownPerson, b: KnownPerson) => {
    const likeness = once(likenesses, a, () => likenessOf(a.records, authority));
    const isApart = ({ keptApart }: StoredRecord) => keptApart.some((other) => a.subjects.includes(other));
    return b.records.some((record) => !isApart(record) && isLike(likeness, record, b, authority));
  };
  return alike(one, other) || alike(other, one);
}

/**
 * Whether a record may well be of the person of this likeness: a number in common; or the same whole date of birth, a given name, and a family name or
 * postcode; or names alike where the record's date of birth is vague, guessed, missing or filled in, and so is that of whom it is of, or is near. Two right NHS numbers make two people by name.
 * The same in SQL, for whoever is not read yet: `possible-matches.ts`.
 */
function isLike(likeness: Likeness, record: StoredRecord, of: KnownPerson, authority: Authority): boolean {
  const { caseManagementSystem } = authority;
  const { source, recordId, names, birth, addresses, identifiers } = record;
  const keys = once(spelled, record, () => new Set(searchKeysOf({ recordId, names, dateOfBirth: birth, addresses, identifiers })));
  const has = (...groups: string[][]) => groups.some((group) => group.some((key) => keys.has(key)));
  if (has(likeness.numbers) || (source === caseManagementSystem && has(likeness.caseIds))) return true;
  if (isAnother(likeness.nhs, nhsNumbersOf([record])) || !has(likeness.given)) return false;
  if (isOfOtherYears(likeness, record, of, authority)) return false;
  if (!saysBirth(birth)) return has(likeness.family);
  return has(likeness.family, likeness.places) && has(datesLike(likeness, record));
}

/** A guess tells the year alone (decision 0087). */
function datesLike({ days, parts, bornIn }: Likeness, record: StoredRecord): string[] {
  if (isEstimated(record) && saysDay(record.birth)) return bornIn;
  return record.birth!.date.length < 10 ? parts : days;
}

/** Whether two right NHS numbers tell two people apart. */
export const isAnother = (mine: readonly string[], theirs: readonly string[]): boolean =>
  mine.length > 0 && theirs.length > 0 && !theirs.some((number) => mine.includes(number));

export const nhsNumbersOf = (records: readonly Pick<StoredRecord, 'identifiers'>[]): string[] =>
  records.flatMap(({ identifiers }) => identifiers.flatMap(({ type, value }) => (type === 'nhs' ? (validNhsNumber(value) ?? []) : [])));

/** Most people listed together differ in their dates of birth and share no number: then no name need be spelled out. */
function mayMeet(one: KnownPerson, other: KnownPerson): boolean {
  const vague = ({ records }: KnownPerson) => records.some((record) => !isDayKnown(record));
  const daysOf = ({ records }: KnownPerson) => records.map(({ birth }) => birth?.date);
  const [mine, theirs] = [numbersAsCompared(one), numbersAsCompared(other)];
  return vague(one) || vague(other) || daysOf(one).some((day) => daysOf(other).includes(day)) || !mine.isDisjointFrom(theirs);
}

const numbers = new WeakMap<KnownPerson, ReadonlySet<string>>();

/** Every number by which a record of theirs may be met, whatever kind it is of: two that are compared as one are spelled alike here. */
const numbersAsCompared = (person: KnownPerson): ReadonlySet<string> =>
  once(numbers, person, () => {
    const stated = person.records.flatMap(({ recordId, identifiers }) => [recordId, ...identifiers.map(({ value }) => value)]);
    return new Set(stated.map((number) => normaliseId(number).replaceAll(/[^\p{L}\p{N}]/gu, '')));
  });

const isWhole = (key: string): boolean => key.length === 'd:2012-05-12'.length;
const unique = (keys: string[]): string[] => [...new Set(keys)];
