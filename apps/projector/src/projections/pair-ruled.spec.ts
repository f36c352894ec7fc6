import type { PairRuling } from '#lib/events';
import { pairRuled } from './pair-ruled.js';

const ruling = (type: PairRuling['type'], decision: number): PairRuling => ({ type, decision, subject: 'one', other: 'two', reason: 'steward', by: 'data-steward' }); // prettier-ignore

describe('A decision by hand about two records', () => {
  const sides = [{ subject: 'one', other_subject: 'two' }, { subject: 'two', other_subject: 'one' }]; // prettier-ignore

  it('says of each that it is not the other’s person, by the number of the decision', () => {
    expect(pairRuled(ruling('RecordsKeptApart', 12))).toMatchObject(
      sides.map((key) => ({ key, register: 'ruling', position: 12, values: { apart: true } })),
    );
  });

  it.each(['RecordsKeptApartRevoked', 'RecordsKeptTogether', 'RecordsKeptTogetherRevoked'] as const)('%s ends that', (type) => {
    expect(pairRuled(ruling(type, 13))).toMatchObject(
      sides.map((key) => ({ key, register: 'ruling', position: 13, values: { apart: false } })),
    );
  });
});
