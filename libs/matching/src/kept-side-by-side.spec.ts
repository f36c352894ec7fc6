import fc from 'fast-check';
import { cluster, type StewardRules } from './cluster.js';
import { comparableOf, type MatchRecord } from './comparable.js';
import { comparePair } from './compare-pair.js';
import { DEFAULT_MODEL } from './default-model.js';
import { loadMatchModel } from './match-model.js';

const model = loadMatchModel(DEFAULT_MODEL);
const none: StewardRules = { together: [], apart: [] };
const NUMBER = [{ type: 'nhs', value: '943 476 5919' }];
/** A child of one family and house, as a source has it under a given name. */
const child = (source: string, given: string, more: Partial<MatchRecord> = {}): MatchRecord => ({
  subject: `${given}@${source}`,
  source,
  names: [{ family: 'Brennan', given: [given] }],
  dateOfBirth: { date: '2015-03-14' },
  addresses: [{ postcode: 'LS1 4AP' }],
  identifiers: [],
  ...more,
});
function people(records: readonly MatchRecord[], rules: StewardRules = none): string[] {
  const ready = new Map(records.map((record) => [record.subject, comparableOf(record)]));
  const pairOf = (one: string, other: string) => comparePair(ready.get(one)!, ready.get(other)!, model);
  return cluster([...ready.keys()], pairOf, rules, 50).people.map((members) => members.join(' + '));
}

describe('Twins whose names are forms of one name', () => {
  const ANNA = [child('mosaic', 'Anna'), child('synergy', 'Anna')];
  const HANNAH = [child('mosaic', 'Hannah'), child('synergy', 'Hannah')];

  it('are two people, since a source keeps both', () => {
    expect(people([...ANNA, ...HANNAH])).toEqual(['Anna@mosaic + Anna@synergy', 'Hannah@mosaic + Hannah@synergy']);
  });

  it('are so where only one source keeps both, and another has the house of the one under the name of the other', () => {
    const house = { addresses: [{ postcode: 'LS1 4AP', uprn: '100' }] };
    const records = [child('mosaic', 'Anna', house), child('mosaic', 'Hannah'), child('niche', 'Hannah', house)];
    expect(people(records)).toEqual(['Anna@mosaic', 'Hannah@mosaic + Hannah@niche']);
  });

  it('are so where the source that keeps both has the birthday of one', () => {
    const records = [child('mosaic', 'Anna'), child('mosaic', 'Hannah', { dateOfBirth: null }), child('niche', 'Hannah')];
    expect(people(records)).toEqual(['Anna@mosaic', 'Hannah@mosaic', 'Hannah@niche']);
  });

  it('are one person where no source keeps both: a name and its other forms are mostly one person', () => {
    expect(people([child('mosaic', 'Anna'), child('niche', 'Hannah')])).toEqual(['Anna@mosaic + Hannah@niche']);
  });

  it('are one where a steward has said so of the two that one source keeps, with all who are called like them', () => {
    const rules: StewardRules = { together: [['Anna@mosaic', 'Hannah@mosaic']], apart: [] };
    const niche = [child('niche', 'Anna'), child('niche', 'Hannah', { identifiers: NUMBER })];
    expect(people([ANNA[0]!, HANNAH[0]!, ANNA[1]!], rules)).toEqual(['Anna@mosaic + Anna@synergy + Hannah@mosaic']);
    expect(people([ANNA[0]!, HANNAH[0]!, ...niche], rules)).toHaveLength(3);
  });

  it('are no others of their names, born on another day', () => {
    const born = { dateOfBirth: { date: '1990-06-07' } };
    const others = [child('niche', 'Anna', born), child('cis', 'Hannah', born)];
    expect(people([ANNA[0]!, HANNAH[0]!, ...others])).toEqual(['Anna@mosaic', 'Anna@niche + Hannah@cis', 'Hannah@mosaic']);
  });

  it.each([[NUMBER], [[{ type: 'upn', value: 'H801200019003' }]]])('are one where they have one number: %j', (identifiers) => {
    const numbered = [child('mosaic', 'Anna', { identifiers }), child('niche', 'Hannah', { identifiers })];
    expect(people([...numbered, child('mosaic', 'Hannah')])).toEqual(['Anna@mosaic + Hannah@niche', 'Hannah@mosaic']);
  });

  it('are never one person without a number or a steward, whoever knows them and in whatever order, once a source keeps both', () => {
    const more = fc.record({ addresses: fc.constantFrom([{ postcode: 'LS1 4AP', uprn: '100' }], [{ postcode: 'LS1 4AP' }], []), gender: fc.constantFrom('female', null) }); // prettier-ignore
    const known = fc.uniqueArray(fc.tuple(fc.constantFrom('synergy', 'niche', 'cis', 'insight'), fc.constantFrom('Anna', 'Hannah'), more), { selector: ([source, given]) => source + given }); // prettier-ignore
    const asked = fc.tuple(known, more, more).chain(([others, one, other]) => {
      const records = [...others, ['mosaic', 'Anna', one] as const, ['mosaic', 'Hannah', other] as const].map(([source, given, about]) =>
        child(source, given, about),
      );
      return fc.shuffledSubarray(records, { minLength: records.length });
    });
    fc.assert(
      fc.property(asked, (records) => {
        for (const person of people(records)) expect(/\bAnna/.test(person) && /\bHannah/.test(person)).toBe(false);
      }),
      { numRuns: 300, seed: 9 },
    );
  });
});
