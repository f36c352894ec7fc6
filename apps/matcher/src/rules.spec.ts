import { createSecretKey, hash } from 'node:crypto';
import { expect, test } from '@jest/globals';
import { PersonRecorded, type SourceEventInput } from '#lib/events';
import { comparePair, DEFAULT_MODEL } from '#lib/matching';
import type { SubjectKey } from '#lib/sealing';
import { subjectOf } from '../../../test/support/match-steps.js';
import { about } from '../../../test/support/recorded-person.js';
import { detailsOf, openDetails } from './details.js';
import { MatchKeys } from './match-keys.js';
import { matchingBy } from './model.js';
import { componentsOf, peopleIn } from './people.js';

/**
 * What each version of ours makes of the same records, by the model's version, in which `RULES` (model.ts) counts. Never change a line: where
 * something comes out otherwise, raise `RULES` and add one, so that what was decided before is decided again. (Another built-in model adds one too.)
 */
const MADE: Record<string, { kept: string; compared: string; people: string }> = {
  'default-1+56844010': { kept: '3763c69c48ecc740', compared: '3328bb3ba2f036d7', people: '0c88a4e8a0646fc5' },
  'default-1+ca48dd46': { kept: 'bc3b4b57b1015ba7', compared: '3328bb3ba2f036d7', people: '0c88a4e8a0646fc5' },
  'default-1+132bc7bd': { kept: '0a6a742ee2000be1', compared: '00c491d98f3c6fa4', people: '0197091553bb9528' },
  'default-1+879d4a59': { kept: '28fc4fb712eba703', compared: '9acd2f7a0a4ed5d5', people: '4dd0e6a1964a2f61' },
};

type Said = Partial<Extract<SourceEventInput, { type: 'PersonRecorded' }>> & { sensitive?: true };
const named = (family: string, ...given: string[]) => [{ family, given }];
const born = (date: string, precision: 'day' | 'month' | 'year' | 'expected' = 'day') => ({ dateOfBirth: { date, precision } });
const at = (postcode: string | null, uprn?: string, rest = {}) => ({ addresses: [{ lines: ['1 High Street'], postcode, uprn, ...rest }] });
const nhs = (value: string) => ({ identifiers: [{ type: 'nhs' as const, value }] });
const upn = (value: string) => ({ identifiers: [{ type: 'upn' as const, value }] });

const MAYA = { names: named('Brennan', 'Maya', 'Rose'), ...born('2015-03-14'), ...at('LS1 4AP', '100012345') };
const KATHERINE = { names: named("O'Neil-Smith", 'Katherine'), ...born('1984-06-12'), ...at('NB4 2AA'), gender: 'female' as const };
/** Each says something of its own about names, dates, places, numbers or care, beside one of two people. */
const SAID: Said[] = [
  { ...MAYA, ...nhs('943 476 5919') },
  MAYA,
  { ...MAYA, sensitive: true, ...nhs('9434765919') },
  { ...MAYA, ...nhs('4010232137') },
  { ...MAYA, ...nhs('9434765918') },
  { ...MAYA, ...upn('H801200001001') },
  { ...MAYA, ...upn('h8012-00001001'), names: named('Brennan', 'Siobhan') },
  { ...MAYA, ...upn('X801200001002'), names: named('Brennan', 'Siobham') },
  { ...MAYA, ...at('LS1 4AP', '100099999') },
  { ...MAYA, names: named('Brenan', 'Mayah') },
  { ...MAYA, names: named('Maya', 'Brennan') },
  { ...MAYA, names: named('Brennan', 'Rose') },
  { ...MAYA, names: named('Brennan', 'M') },
  { ...MAYA, names: named('Brennan', 'Oliver') },
  { ...MAYA, names: named('Brennan', 'Baby') },
  { ...MAYA, names: named('Brénnan', 'Mäya') },
  { ...MAYA, names: [...named('Okafor', 'Maya'), { family: 'Brennan', given: ['Maya'], kind: 'former' }] },
  { ...MAYA, names: [{ given: ['Maya'] }] },
  { ...MAYA, names: named('Unknown', 'Twin'), flags: ['name-placeholder'] },
  { ...MAYA, ...born('2015-03-15') },
  { ...MAYA, ...born('2015-04-15') },
  { ...MAYA, ...born('2015-03', 'month') },
  { ...MAYA, ...born('2015', 'year') },
  { ...MAYA, ...born('2015-03-14'), flags: ['date-of-birth-estimated'] },
  { ...MAYA, ...born('2015-05-01', 'expected') },
  { ...MAYA, ...born('1900-01-01') },
  { ...MAYA, ...born('1984-03-14') },
  { ...MAYA, dateOfBirth: null },
  { ...MAYA, dateOfBirth: null, ...upn('H801200019003') },
  { ...MAYA, dateOfBirth: null, names: named('Okafor', 'Maya'), ...upn('H801200019003') },
  { ...MAYA, ...at('LS1 4AQ') },
  { ...MAYA, ...at('LS1 9ZZ') },
  { ...MAYA, ...at('LS9 9ZZ') },
  { ...MAYA, ...at('ls14ap') },
  { ...MAYA, ...at('LS1 4AP', '100012345', { confidential: true }) },
  { ...MAYA, ...at(null, '000100012345') },
  { ...MAYA, addresses: [], gender: 'male' },
  { ...MAYA, addresses: [], names: named('Brennan', 'Oliver'), ...nhs('9434765919') },
  { ...KATHERINE, ...nhs('9434765870') },
  KATHERINE,
  { ...KATHERINE, names: named('ONeil', 'Kate') },
  { ...KATHERINE, names: named('Smith', 'Catherine'), gender: 'not-known' },
  { ...KATHERINE, names: named('Kowalska', 'Katherine') },
  { ...KATHERINE, ...born('1984-12-06') },
  { ...KATHERINE, ...born('1986-06-12'), sensitive: true },
  { ...KATHERINE, ...at('NB4 2AA'), ...nhs('9434765870'), gender: 'male' },
  { ...KATHERINE, ...born('2005-06-12'), ...nhs('9434765870') },
  { names: named('Nowak', 'Zofia'), ...born('1984-06-12') },
  { names: named('Nowak', 'Zosia'), ...born('1984-06-12') },
  { names: named('Muhammad', 'Ali'), ...born('2010-01-01') },
  { names: named('Mohammed', 'Aly'), ...born('2010-01-01') },
];

const KEYS = new MatchKeys(Buffer.alloc(32, 7));
const { model } = matchingBy(DEFAULT_MODEL, new Set());

const records = SAID.map(({ sensitive, ...said }, place) => {
  const event = PersonRecorded.parse({ type: 'PersonRecorded', ...about('mosaic', `${place}`, 1, said) });
  const key = { subject: subjectOf(place), texts: createSecretKey(Buffer.alloc(32, place)) } as SubjectKey;
  const { sealed, content, keys } = detailsOf(key, event, sensitive === true, KEYS);
  return { content, keys, opened: openDetails(key, sealed) };
});
const comparables = new Map(records.map(({ opened }) => [opened.subject, opened]));
const subjects = [...comparables.keys()];
const compared = subjects.flatMap((one, at) => subjects.slice(at + 1).map((other) => ({ one, other, pair: comparePair(comparables.get(one)!, comparables.get(other)!, model) }))); // prettier-ignore
const digest = (made: unknown) => hash('sha256', JSON.stringify(made), 'hex').slice(0, 16);

function people() {
  const never = { epoch: -1, position: 0 };
  const current = subjects.map((subject) => ({ subject, gone: false, replacedBy: null, replacement: never }));
  const pairs = compared.filter(({ pair }) => pair.zone !== 'apart').map(({ one, other }) => [one, other] as const);
  const rules = { together: [[subjects[1]!, subjects[34]!]], apart: [[subjects[0]!, subjects[5]!]] } as const;
  return [{ together: [], apart: [] }, rules].map((rules) => peopleIn(componentsOf(current, { pairs, rules }), comparables, model));
}

test('the same records are kept, compared and made people of as ever, unless RULES was raised: what was decided before would not be decided again', () => {
  const made = {
    kept: digest(records),
    compared: digest(compared.map(({ one, other, pair: { weight, zone, caps, parts } }) => [one, other, weight, zone, caps.map(({ reason, holds }) => [reason, holds]), parts.map(({ level }) => level)])), // prettier-ignore
    people: digest(people()),
  };
  expect({ [model.version]: made }).toEqual({ [model.version]: MADE[model.version] });
});

test('those records come out in every way: the digests would notice', () => {
  const levels = new Set(compared.flatMap(({ pair }) => pair.parts.map(({ comparison, level }) => `${comparison} ${level}`)));
  const all = DEFAULT_MODEL.comparisons.flatMap(({ output_column_name: name, comparison_levels }) => comparison_levels.map(({ label_for_charts: label }) => `${name} ${label}`)); // prettier-ignore
  expect(all.filter((level) => !levels.has(level))).toEqual([]);
  expect(new Set(compared.map(({ pair }) => pair.zone))).toEqual(new Set(['join', 'review', 'apart']));
  const reasons = new Set(compared.flatMap(({ pair }) => pair.caps.map(({ reason }) => reason)));
  expect([...reasons].sort()).toEqual(['generations', 'household only', 'identifier clash', 'siblings', 'side by side', 'too little known', 'twins', 'two identifiers']); // prettier-ignore
});
