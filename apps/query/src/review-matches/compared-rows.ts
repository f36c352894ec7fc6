import { ADDRESS_KINDS, DATE_PRECISIONS, DETAIL_FLAGS, GENDERS, IDENTIFIER_TYPES, NAME_KINDS } from '#lib/events';
import type { ComparedPair } from '#lib/matching';
import { dayWords, instantWords, londonDay } from '../day-words.js';
import { birthShown } from '../view-person/birth.js';
import { isEstimated } from '../view-person/birth-believed.js';
import { titleOf } from '../view-person/identity-of.js';
import { NO_ADDRESS, type ShownAddress, shownAddressesOf, wordsOf } from '../view-person/shown-addresses.js';
import type { StoredRecord } from '../view-person/stored-record.js';
import { type OwnedRecord, SENSITIVE } from './record-label.js';

export type Likeness =
  'same' | 'partly' | 'alike' | 'alike-in-part' | 'unusable' | 'less-exact' | 'differs' | 'one-missing' | 'both-missing' | 'not-compared';

/** How two records stand to each other in one respect, in words: colour says it to nobody who can't see it. */
export const LIKENESSES: Record<Likeness, string> = {
  same: 'The same',
  partly: 'Partly the same',
  alike: 'Alike, not the same',
  'alike-in-part': 'Alike in part',
  unusable: 'Can’t be compared',
  'less-exact': 'The same as far as known',
  differs: 'Different',
  'one-missing': 'Missing from one',
  'both-missing': 'Missing from both',
  'not-compared': '',
};

export interface ComparedRow {
  what: string;
  /** Of each record what it says, or that it says nothing. */
  values: [string[], string[]];
  likeness: Likeness;
  /** The matcher holds something of it against one person. */
  against: boolean;
}

/** A value as it is shown and as it is compared. */
interface Value {
  shown: string;
  compared: string;
}

type Parts = ComparedPair['parts'];
const COMPARED_BY: Record<string, readonly Parts[number]['comparison'][]> = {
  Names: ['family_name', 'given_name'],
  'Date of birth': ['date_of_birth'],
  Gender: ['gender'],
  Addresses: ['postcode', 'uprn'],
  [IDENTIFIER_TYPES.nhs]: ['nhs_number'],
  [IDENTIFIER_TYPES.upn]: ['upn'],
};

/** What two records say, row by row, and how alike the matcher finds what is not the same letter for letter. Of an address that either person's records keep confidential there is nothing, on neither side. */
export function comparedRows(
  sides: readonly [OwnedRecord, OwnedRecord],
  { parts }: Pick<ComparedPair, 'parts'>,
  now: number,
): ComparedRow[] {
  const row = (what: string, nothing: string, valuesOf: (side: OwnedRecord) => Value[]): ComparedRow => {
    const [one, other] = sides.map(valuesOf) as [Value[], Value[]];
    const own = parts.filter(({ comparison }) => COMPARED_BY[what]?.includes(comparison));
    return {
      what,
      values: [shownOf(one, nothing), shownOf(other, nothing)],
      likeness: asWeighed(likenessOf(one, other), own),
      against: own.some(({ weight }) => weight < 0),
    };
  };
  const addresses = openAddresses(sides);
  const identifiers = Object.entries(IDENTIFIER_TYPES).filter(([type]) =>
    sides.some(({ record }) => record.identifiers.some((identifier) => identifier.type === type)),
  );
  return [
    row('Names', 'No name recorded', ({ record }) => record.names.map(nameValue)),
    birthRow(
      row('Date of birth', 'No date of birth recorded', ({ record }) => birthValues(record, londonDay(now))),
      sides,
    ),
    row('Gender', 'No gender recorded', ({ record }) => genderValues(record)),
    row('Addresses', NO_ADDRESS, ({ record }) => addresses.filter((one) => one.record === record).map(addressValue)),
    ...identifiers.map(([type, label]) =>
      row(label, `No ${inSentence(label)} recorded`, ({ record }) =>
        record.identifiers.filter((identifier) => identifier.type === type).map(({ value }) => ({ shown: value, compared: bare(value) })),
      ),
    ),
    ...deceasedRow(row, sides),
    notCompared('What the source says of it', sides, ({ record }) => record.flags.map((flag) => DETAIL_FLAGS[flag as keyof typeof DETAIL_FLAGS] ?? flag), 'Nothing'), // prettier-ignore
    notCompared('Its own number there', sides, (side) => (side.label === SENSITIVE ? [] : [side.record.recordId]), 'Not shown'),
    notCompared('Stated', sides, ({ record }) => (record.statedAt > 0 ? [instantWords(record.statedAt)] : []), 'Not known'),
  ];
}

type Row = (what: string, nothing: string, valuesOf: (side: OwnedRecord) => Value[]) => ComparedRow;

/** A year, or a month, may be the beginning of the other's whole date: that is no difference. */
function birthRow(row: ComparedRow, sides: readonly OwnedRecord[]): ComparedRow {
  const [one, other] = sides.map(({ record }) => record.birth);
  if (!one || !other) return row;
  const agree = one.date.startsWith(other.date) || other.date.startsWith(one.date);
  return agree && one.date !== other.date ? { ...row, likeness: 'less-exact' } : row;
}

/** Only where somebody has died: a row that says so of nobody would alarm. */
function deceasedRow(row: Row, sides: readonly OwnedRecord[]): ComparedRow[] {
  if (sides.every(({ record }) => record.deceasedOn === null)) return [];
  return [row('Died', 'No death recorded', ({ record }) => (record.deceasedOn === null ? [] : [day(record.deceasedOn)]))];
}

function notCompared(what: string, sides: readonly OwnedRecord[], valuesOf: (side: OwnedRecord) => string[], nothing: string): ComparedRow {
  const [one, other] = sides.map((side) => valuesOf(side)).map((values) => (values.length > 0 ? values : [nothing])) as [
    string[],
    string[],
  ];
  return { what, values: [one, other], likeness: 'not-compared', against: false };
}

function openAddresses(sides: readonly OwnedRecord[]): ShownAddress[] {
  const all = [...new Set(sides.flatMap(({ person }) => [...person.records, ...person.ofOtherAges, ...person.silent, ...person.doubted]))];
  return shownAddressesOf(
    all,
    sides.map(({ record }) => record),
  );
}

const nameValue = ({ family, given, kind }: StoredRecord['names'][number]): Value => {
  const title = titleOf(family, given);
  return { shown: `${title} (${NAME_KINDS[kind].toLocaleLowerCase('en-GB')})`, compared: bare(title) };
};

function birthValues({ birth, flags }: StoredRecord, today: string): Value[] {
  if (birth === null) return [];
  const { words, ageWords } = birthShown(birth, isEstimated({ flags }), today);
  const precision = birth.precision === 'day' ? '' : `, ${DATE_PRECISIONS[birth.precision].toLocaleLowerCase('en-GB')}`;
  return [{ shown: `${words} (${ageWords}${precision})`, compared: `${birth.precision} ${birth.date}` }];
}

const genderValues = ({ gender }: StoredRecord): Value[] =>
  gender === null || gender === 'not-known' || gender === 'not-stated'
    ? []
    : [{ shown: GENDERS[gender as keyof typeof GENDERS] ?? gender, compared: gender }];

function addressValue(address: ShownAddress): Value {
  const { kind, from, to } = address;
  const label = kind === 'home' ? [] : [(ADDRESS_KINDS[kind as keyof typeof ADDRESS_KINDS] ?? kind).toLocaleLowerCase('en-GB')];
  const when = [...label, ...(from === null ? [] : [`from ${dayWords(from)}`]), ...(to === null ? [] : [`until ${dayWords(to)}`])];
  return { shown: `${wordsOf(address)} (${when.join(', ') || 'no dates recorded'})`, compared: bare(wordsOf(address)) };
}

/** "unique pupil number"; names keep their capitals. */
const inSentence = (label: string) => (/^(NHS|National) /.test(label) ? label : label.charAt(0).toLowerCase() + label.slice(1));
const day = (date: string): Value => ({ shown: dayWords(date), compared: date });
const bare = (text: string) =>
  text
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]/gu, '');
const shownOf = (values: readonly Value[], nothing: string) => (values.length > 0 ? values.map(({ shown }) => shown) : [nothing]);

function likenessOf(one: readonly Value[], other: readonly Value[]): Likeness {
  if (one.length === 0 && other.length === 0) return 'both-missing';
  if (one.length === 0 || other.length === 0) return 'one-missing';
  const [these, those] = [new Set(one.map(({ compared }) => compared)), new Set(other.map(({ compared }) => compared))];
  const shared = these.intersection(those).size;
  if (shared === 0) return 'differs';
  return shared === these.size && shared === those.size ? 'same' : 'partly';
}

/** Of what differs letter for letter, how the matcher takes it: the sentences under the table say the same. */
function asWeighed(likeness: Likeness, parts: Parts): Likeness {
  if (likeness !== 'differs' || parts.length === 0) return likeness;
  const weighed = parts.filter(({ level }) => level !== 'missing');
  if (weighed.length === 0) return 'unusable';
  if (!weighed.some(({ weight }) => weight < 0)) return 'alike';
  return weighed.some(({ weight }) => weight > 0) ? 'alike-in-part' : 'differs';
}
