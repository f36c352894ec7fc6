import { recordsKeptApart, recordsKeptApartRevoked } from './records-kept-apart.js';

const pair = { subject: 'one', other: 'two' };

describe('RecordsKeptApart', () => {
  it('says of each of two records that it is not the other’s person, by the number of the decision, until that is taken back', () => {
    const sides = [{ subject: 'one', other_subject: 'two' }, { subject: 'two', other_subject: 'one' }]; // prettier-ignore
    expect(recordsKeptApart({ type: 'RecordsKeptApart', decision: 12, ...pair, reason: 'steward' })).toMatchObject(
      sides.map((key) => ({ key, register: 'ruling', position: 12, values: { apart: true } })),
    );
    expect(recordsKeptApartRevoked({ type: 'RecordsKeptApartRevoked', decision: 13, ...pair })).toMatchObject(
      sides.map((key) => ({ key, register: 'ruling', position: 13, values: { apart: false } })),
    );
  });
});
