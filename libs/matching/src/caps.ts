import { isFullDate, yearsApart } from './birth-date.js';
import type { Comparable } from './comparable.js';
import type { Comparison } from './levels.js';
import { pupilNumberFits } from './pupil-number-fits.js';

export interface Cap {
  reason:
    'twins' | 'siblings' | 'side by side' | 'generations' | 'two identifiers' | 'identifier clash' | 'household only' | 'too little known';
  /** The furthest the pair can come: `apart` is never joined, `review` is for a steward. */
  holds: 'apart' | 'review';
  sentence: string;
}

/** Reasons that two records are of two people, where others only say that too little is known: these are not outvoted by further records. */
const CONFLICTS: readonly Cap['reason'][] = ['twins', 'siblings', 'side by side', 'generations', 'two identifiers', 'identifier clash'];
export const isConflict = ({ reason, holds }: Cap): boolean => holds === 'apart' || CONFLICTS.includes(reason);

const GENERATION = 12;
/** Levels at which two given names may be one name, or the related names of twins. */
export const OTHER_FORMS: readonly string[] = ['nickname', 'sound'];
const GIVEN_AGREES = ['same', 'nickname', 'sound', 'swapped'];

/**
 * What forbids joining two records whatever their weight. Twins, siblings and generations are apart; where a shared identifier speaks
 * against that, a steward decides.
 */
export function capsOf(a: Comparable, b: Comparable, levels: Readonly<Record<Comparison, string | null>>): Cap[] {
  const { family_name: family, given_name: given, date_of_birth: born, nhs_number: nhs, upn } = levels;
  const identified = nhs === 'same' || upn === 'same';
  const apart = identified ? 'review' : 'apart';
  const givenAgrees = given !== null && GIVEN_AGREES.includes(given);
  const givenFits = given !== null && given !== 'different';
  const familyFits = family !== null && family !== 'different';
  const household = levels.uprn === 'same' || levels.postcode === 'same' || familyFits;
  const otherForms = given !== null && OTHER_FORMS.includes(given);
  const brothers = given === 'same' && otherNamesDiffer(a, b);
  const oneNameInOneHouse = given === 'same' && levels.uprn === 'same' && !brothers;
  const ofOneAge = (born === 'year' && (tellsDay(a.born) || tellsDay(b.born))) || pupilNumberFits(a, b);
  const oneSource = a.source !== null && a.source === b.source;
  const caps: Cap[] = [];
  const cap = (reason: Cap['reason'], holds: Cap['holds'], sentence: string) => caps.push({ reason, holds, sentence });

  if (born === 'same' && household && given === 'different')
    cap('twins', apart, 'Born on one day with different given names: they may be twins.');
  if (born === 'same' && household && (given === 'close' || given === 'middle' || given === 'initial'))
    cap('twins', 'review', 'Born on one day with given names that are only near: they may be twins.');
  if (born === 'same' && household && brothers)
    cap('twins', 'review', 'Born on one day with one first name and different further names: they may be twins.');
  if (born === 'same' && household && levels.gender === 'different' && given !== 'same')
    cap('twins', 'review', 'Born on one day with given names and genders that differ: they may be twins.');
  if (oneSource && otherForms && born !== 'different' && household && !identified)
    cap('side by side', 'review', 'One source keeps both, under two forms of one name: they may be twins, brothers or sisters.');
  if (born !== 'same' && household && given === 'different') cap('siblings', apart, 'Different given names in what may be one family.');
  if (givenAgrees && a.born && b.born && yearsApart(a.born, b.born) >= GENERATION && born !== 'slip')
    cap('generations', apart, 'The same name, born twelve years or more apart: they may be of two generations.');
  else if (givenAgrees && a.born && b.born && yearsApart(a.born, b.born) >= GENERATION)
    cap('generations', 'review', 'The dates of birth differ in one digit that makes twelve years or more.');
  else if (!identified && born === 'different' && givenFits)
    cap('generations', 'review', 'The names are alike and the dates of birth are not: they may be two of one family.');
  if (nhs === 'different' || upn === 'different')
    cap('two identifiers', 'review', 'Each has a valid identifier of its own, and these differ.');

  const bornAgrees = born !== null && born !== 'different';
  // Without a date of birth a mother's number on her daughter's record looks like this: one given name, another family name.
  const namesAgree = givenAgrees && (bornAgrees || (born === null && family !== 'different'));
  // A pupil number is no mother's, and brothers and sisters have other given names.
  const isPupil = upn === 'same' && born === null && oneNameInOneHouse;
  const agreesElsewhere = namesAgree || isPupil || (given === null && born === 'same');
  if (identified && !agreesElsewhere)
    cap('identifier clash', 'review', 'An identifier is shared, but name and date of birth do not bear it out.');
  if (!identified && (given === null || given === 'different') && born !== 'same')
    cap('household only', 'apart', 'Only family name, address or gender agree, and a household shares those.');
  else if (!identified && given === null) cap('household only', 'review', 'No given name can be compared: a twin would look the same.');
  if (!identified && givenFits && born === null && levels.uprn !== 'same' && levels.postcode !== 'same')
    cap('too little known', 'apart', 'A name alone joins nobody.');
  else if (!identified && givenFits && (born === null || born === 'year') && !(oneNameInOneHouse && familyFits && ofOneAge))
    cap('too little known', 'review', 'Without a full date of birth, a parent or cousin of one name would look the same.');
  return caps;
}

/** Mohammed Adil and Mohammed Bilal: brothers may share a first name. An initial is whatever it may stand for. Symmetric. */
function otherNamesDiffer(a: Comparable, b: Comparable): boolean {
  const others = ({ names }: Comparable) => names.flatMap(({ given }) => given.slice(1));
  const fits = (one: string, other: string) => one === other || (Math.min(one.length, other.length) === 1 && one[0] === other[0]);
  const [mine, theirs] = [others(a), others(b)];
  return mine.length > 0 && theirs.length > 0 && !mine.some((one) => theirs.some((other) => fits(one, other)));
}

/** The first of January often stands for a year of which no more is known. */
const tellsDay = (born: Comparable['born']): boolean => isFullDate(born) && !born.endsWith('-01-01');
