import { isDeepStrictEqual } from 'node:util';
import { comparableOf, comparePair, DEFAULT_MODEL, loadMatchModel, type MatchRecord } from '#lib/matching';

export const model = loadMatchModel(DEFAULT_MODEL);
/** A girl of whom everything is known. */
export const maya: MatchRecord = {
  subject: 'a',
  names: [{ family: 'Brennan', given: ['Maya'] }],
  dateOfBirth: { date: '2015-03-14' },
  gender: 'female',
  addresses: [{ postcode: 'LS1 4AP', uprn: '100' }],
  identifiers: [{ type: 'nhs', value: '943 476 5919' }],
};
export const home = { addresses: maya.addresses };
/** Given out in 2019. */
export const PUPIL = [{ type: 'upn', value: 'H801200019003' }];
/** Her, as most sources know her. */
export const plain: MatchRecord = { ...maya, identifiers: [], addresses: [{ postcode: 'LS1 4AP' }] };
/** Two records that differ from `plain` by these, compared. @throws Error when it matters which one comes first */
export const pair = (one: Partial<MatchRecord>, other: Partial<MatchRecord> = {}) => {
  const [a, b] = [comparableOf({ ...plain, ...other }), comparableOf({ ...plain, subject: 'b', ...one })];
  const compared = comparePair(a, b, model);
  if (!isDeepStrictEqual(comparePair(b, a, model), compared)) throw new Error('compared the other way round they are others');
  return compared;
};
export const reasons = (compared: ReturnType<typeof pair>) => compared.caps.map(({ reason }) => reason);
export const named = (family: string | null, ...given: string[]) => ({ names: [{ family, given }] });
