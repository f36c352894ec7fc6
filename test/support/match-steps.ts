import * as fc from 'fast-check';
import type { Details } from '../../apps/matcher/src/details.js';
import { MatchKeys } from '../../apps/matcher/src/match-keys.js';
import type { RecordChange } from '../../apps/matcher/src/record-state.js';
import { comparableOf, type MatchRecord } from '../../libs/matching/src/index.js';

export type Said = Omit<MatchRecord, 'subject'>;
export type Ruling = { kind: 'rule'; one: string; other: string; ruling: 'together' | 'apart' | 'none'; decision: number };
export type Step = RecordChange | Ruling;

export const MAYA: Said = { names: [{ family: 'Brennan', given: ['Maya'] }], dateOfBirth: { date: '2015-03-14' }, addresses: [{ postcode: 'LS1 4AP' }], identifiers: [{ type: 'nhs', value: '9434765919' }] }; // prettier-ignore
export const named = (family: string, ...given: string[]): Said => ({ ...MAYA, names: [{ family, given }], identifiers: [] });
/** Records that are one person, may be, and must never be, by several ways: numbers, names, places, chains of what is near. */
const SAID: Said[] = [
  MAYA,
  named('Brennan', 'Maya'),
  named('Okafor', 'Maya'),
  { ...named('Brennan', 'Maya'), dateOfBirth: { date: '2015-03-15' }, addresses: [] },
  { ...named('Brennan', 'Maya'), dateOfBirth: { date: '2015-04-15' } },
  { ...named('Brennan', 'Maya'), dateOfBirth: { date: '1984-03-14' } },
  { ...named('Brennan', 'Maya'), dateOfBirth: null },
  named('Brennan', 'Mayah'),
  named('Brennan', 'Oliver'),
  { ...named('Brennan', 'Oliver'), identifiers: MAYA.identifiers },
  named('Brennan', 'Baby'),
  { ...MAYA, identifiers: [{ type: 'nhs', value: '4010232137' }] },
  { names: [], dateOfBirth: null, addresses: [], identifiers: [] },
];

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
/** One thing that may happen to one of so many records. */
export const stepOf = (records: number): fc.Arbitrary<Step> => {
  const subject = fc.nat(records - 1).map(subjectOf);
  return fc.oneof(
    { weight: 8, arbitrary: fc.record({ kind: fc.constant('details' as const), subject, version, details: fc.constantFrom(...SAID).map(kept) }) }, // prettier-ignore
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

/** So many steps of which none comes late: each counts. Nothing is erased. */
export function risingSteps(records: number, count: number, seed: number): Step[] {
  const positions = new Map<string, number>();
  return numbered(fc.sample(stepOf(records), { numRuns: count, seed })).map((one): Step => {
    if (one.kind === 'erased') return { kind: 'seen', subject: one.subject };
    if (!('version' in one)) return one;
    const position = (positions.get(one.subject) ?? 0) + 1;
    positions.set(one.subject, position);
    return { ...one, version: { epoch: 0, position } };
  });
}
