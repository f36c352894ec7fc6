import * as fc from 'fast-check';
import type { Details } from '../../apps/matcher/src/details.js';
import { MatchKeys } from '../../apps/matcher/src/match-keys.js';
import type { RecordChange } from '../../apps/matcher/src/record-state.js';
import { comparableOf, type MatchRecord } from '../../libs/matching/src/index.js';

export type Said = Omit<MatchRecord, 'subject'>;
export type Ruling = { kind: 'rule'; one: string; other: string; ruling: 'together' | 'apart' | 'none'; decision: number };
export type Step = RecordChange | Ruling;

/** Whom the records of one home are about; those of another home are of nobody in it. */
interface Home {
  family: string;
  married: string;
  girl: string;
  nearly: string;
  boy: string;
  year: number;
  postcode: string;
  numbers: readonly [string, string];
}

const BRENNANS: Home = { family: 'Brennan', married: 'Okafor', girl: 'Maya', nearly: 'Mayah', boy: 'Oliver', year: 2015, postcode: 'LS1 4AP', numbers: ['9434765919', '4010232137'] }; // prettier-ignore
const HOMES: readonly Home[] = [
  BRENNANS,
  { family: 'Fletcher', married: 'Singh', girl: 'Grace', nearly: 'Grayce', boy: 'Toby', year: 2012, postcode: 'M1 1AE', numbers: ['9991000011', '9991077782'] }, // prettier-ignore
  { family: 'Kowalska', married: 'Hughes', girl: 'Zofia', nearly: 'Zophia', boy: 'Jakub', year: 2009, postcode: 'NB2 3BB', numbers: ['9991155554', '9991233326'] }, // prettier-ignore
  { family: 'Hussain', married: 'Ward', girl: 'Amina', nearly: 'Aminah', boy: 'Bilal', year: 2017, postcode: 'B4 7ET', numbers: ['9991311092', '9991388869'] }, // prettier-ignore
  { family: 'Doyle', married: 'Price', girl: 'Ciara', nearly: 'Keara', boy: 'Fergus', year: 2011, postcode: 'L3 9PP', numbers: ['9991466630', '9991544402'] }, // prettier-ignore
  { family: 'Demir', married: 'Jones', girl: 'Elif', nearly: 'Eliff', boy: 'Mert', year: 2014, postcode: 'S10 2TN', numbers: ['9991622179', '9991699945'] }, // prettier-ignore
  { family: 'Adeyemi', married: 'Clarke', girl: 'Simisola', nearly: 'Simisolah', boy: 'Tunde', year: 2008, postcode: 'BD1 1HX', numbers: ['9991777717', '9991855483'] }, // prettier-ignore
  { family: 'Petrov', married: 'Lister', girl: 'Vera', nearly: 'Verra', boy: 'Pavel', year: 2016, postcode: 'HU5 3QD', numbers: ['9991933255', '9992011025'] }, // prettier-ignore
];

/** Records that are one person, may be, and must never be, by several ways: numbers, names, places, chains of what is near. */
function saidIn({ family, married, girl, nearly, boy, year, postcode, numbers: [number, another] }: Home): [Said, ...Said[]] {
  const nhs = (value: string) => [{ type: 'nhs', value }];
  const child: Said = { source: 'mosaic', names: [{ family, given: [girl] }], dateOfBirth: { date: `${year}-03-14` }, addresses: [{ postcode }], identifiers: nhs(number) }; // prettier-ignore
  const named = (family: string, given: string): Said => ({ ...child, names: [{ family, given: [given] }], identifiers: [] });
  const her = named(family, girl);
  return [
    child,
    her,
    named(married, girl),
    { ...her, dateOfBirth: { date: `${year}-03-15` }, addresses: [] },
    { ...her, dateOfBirth: { date: `${year}-04-15` } },
    { ...her, dateOfBirth: { date: `${year - 31}-03-14` } },
    { ...her, dateOfBirth: null },
    named(family, nearly),
    { ...named(family, nearly), source: 'synergy' },
    named(family, boy),
    { ...named(family, boy), identifiers: child.identifiers },
    named(family, 'Baby'),
    { ...child, identifiers: nhs(another) },
    { names: [], dateOfBirth: null, addresses: [], identifiers: [] },
  ];
}
const SAID = saidIn(BRENNANS);
export const [MAYA] = SAID;
export const named = (family: string, ...given: string[]): Said => ({ ...MAYA, names: [{ family, given }], identifiers: [] });

const keys = new MatchKeys(Buffer.alloc(32, 1));
/** As a record's details are kept, but for the seal. */
export const kept = (said: Said): Details => {
  const text = JSON.stringify(said);
  return { content: keys.contentOf(text), keys: keys.of(comparableOf({ subject: '', ...said })), sealed: Buffer.from(text) };
};

/** The subject token of the record of this number. */
export const subjectOf = (number: number): string => `00000000-0000-0000-0000-${String(number).padStart(12, '0')}`;
/** The record whose key is destroyed by a step `erased`. */
export const ERASED = subjectOf(0);

const version = fc.record({ epoch: fc.nat(1), position: fc.nat(3) });
/** One thing that may happen to one of so many records. @param said what their sources may say of them */
export const stepOf = (records: number, said: readonly Said[] = SAID): fc.Arbitrary<Step> => {
  const subject = fc.nat(records - 1).map(subjectOf);
  return fc.oneof(
    { weight: 8, arbitrary: fc.record({ kind: fc.constant('details' as const), subject, version, details: fc.constantFrom(...said).map(kept) }) }, // prettier-ignore
    { weight: 2, arbitrary: fc.record({ kind: fc.constant('presence' as const), subject, version, removed: fc.boolean() }) },
    { weight: 1, arbitrary: fc.record({ kind: fc.constant('replacement' as const), subject, version, replacedBy: subject }) },
    { weight: 1, arbitrary: fc.record({ kind: fc.constant('seen' as const), subject }) },
    { weight: 1, arbitrary: fc.record({ kind: fc.constant('erased' as const), subject: fc.constant(ERASED) }) },
    { weight: 1, arbitrary: fc.record({ kind: fc.constant('rule' as const), one: subject, other: subject, ruling: fc.constantFrom('together', 'apart', 'none'), decision: fc.integer({ min: 1, max: 1000 }) }) }, // prettier-ignore
  );
};

/** Two rulings never have one number, and what a ruling or a replacement names has been seen. */
export const numbered = (steps: readonly Step[]): Step[] =>
  steps.map((one, at) => (one.kind === 'rule' ? { ...one, decision: one.decision * 100_000 + at } : one));
export const withTargets = (steps: readonly Step[]): Step[] =>
  steps.flatMap((one): Step[] => {
    if (one.kind === 'rule') return one.one === one.other ? [] : [{ subject: one.one, kind: 'seen' }, { subject: one.other, kind: 'seen' }, one]; // prettier-ignore
    return one.kind === 'replacement' ? [one, { subject: one.replacedBy, kind: 'seen' }] : [one];
  });

const RECORDS_OF_A_HOME = 8;
const REPLACED = 0.1;
const RULINGS_AT_ONCE = 6;

/**
 * So many steps of which none comes late: each counts. Nothing is erased, few records are ever replaced, a ruling is taken back when others
 * follow, and records are of several homes: so most stand for themselves, and few hang together.
 */
export function risingSteps(records: number, count: number, seed: number): Step[] {
  const said = HOMES.slice(0, Math.ceil(records / RECORDS_OF_A_HOME)).flatMap(saidIn);
  const replaced = new Set(Array.from({ length: Math.ceil(records * REPLACED) }, (_, number) => subjectOf(number)));
  const positions = new Map<string, number>();
  const ruled: Ruling[] = [];
  let decision = 0;
  return fc.sample(stepOf(records, said), { numRuns: count, seed }).flatMap((one): Step[] => {
    if (one.kind === 'rule') {
      ruled.push(one);
      const over = ruled.splice(0, ruled.length - RULINGS_AT_ONCE);
      return [...over.map((past): Ruling => ({ ...past, ruling: 'none' })), one].map((ruling) => ({ ...ruling, decision: ++decision }));
    }
    if (one.kind === 'erased' || (one.kind === 'replacement' && !replaced.has(one.subject)))
      return [{ kind: 'seen', subject: one.subject }];
    if (!('version' in one)) return [one];
    const position = (positions.get(one.subject) ?? 0) + 1;
    positions.set(one.subject, position);
    return [{ ...one, version: { epoch: 0, position } }];
  });
}
