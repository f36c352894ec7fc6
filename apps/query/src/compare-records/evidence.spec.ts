import { comparableOf, comparePair, DEFAULT_MODEL, loadMatchModel, type MatchRecord } from '#lib/matching';
import { evidenceOf } from './evidence.js';

const model = loadMatchModel(DEFAULT_MODEL);
const born = { date: '2015-03-14' };
const record = (family: string, given: string, other: Partial<MatchRecord> = {}): MatchRecord => ({
  subject: given,
  names: [{ family, given: [given] }],
  dateOfBirth: born,
  addresses: [],
  identifiers: [],
  ...other,
});
const evidence = (one: MatchRecord, other: MatchRecord) => evidenceOf(comparePair(comparableOf(one), comparableOf(other), model));
const at = (postcode: string) => ({ addresses: [{ postcode }] });
const TWINS = 'Born on one day with different given names: they may be twins.';

describe('Two who may be no more than related', () => {
  it('are perhaps of one household where they share an address, and of one family where they share no more than its name', () => {
    const [together, elsewhere] = [
      evidence(record('Brennan', 'Maya', at('LS1 4AP')), record('Brennan', 'Oliver', at('LS1 4AP'))),
      evidence(record('Brennan', 'Maya', at('LS1 4AP')), record('Brennan', 'Oliver', at('M1 1AE'))),
    ];
    expect([together.household, elsewhere.household]).toEqual([
      [`Perhaps two of one household: ${TWINS}`],
      [`Perhaps two of one family: ${TWINS}`],
    ]);
    expect([together.explanation.held, elsewhere.explanation.held]).toEqual([[], []]);
  });

  it('are of neither where they share no family name either: what holds the matcher back is said all the same', () => {
    const { household, explanation } = evidence(record('Brennan', 'Maya'), record('Shah', 'Maya', { dateOfBirth: { date: '1984-07-02' } }));
    expect(household).toEqual([]);
    expect(explanation.held).toContain('The same name, born twelve years or more apart: they may be of two generations.');
  });
});
