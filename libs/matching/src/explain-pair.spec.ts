import { home, maya, named, pair, plain, PUPIL, reasons } from '../../../test/support/compared-pair.js';
import type { Cap } from './caps.js';
import type { MatchRecord } from './comparable.js';
import { explainPair } from './explain-pair.js';

describe('A comparison is explained', () => {
  it('in sentences without a value of either record', () => {
    const { for: speaksFor, missing, wouldChange, outcome } = explainPair(pair({ addresses: [] }));
    expect(outcome).toBe('These records are enough alike to be one person.');
    expect(speaksFor[0]).toBe('The dates of birth are the same.');
    expect(missing).toContain('The NHS numbers can’t be compared: one is missing, or is no use.');
    expect(wouldChange).toContain('They would no longer be joined if this were wrong: The dates of birth are the same.');
    expect(explainPair(pair({ ...home, dateOfBirth: { date: '2015' } }, home)).wouldChange).toContain(
      'They would no longer be joined if this were wrong: The years of birth are the same; more is not known of one.',
    );
    const pupil = pair({ ...home, dateOfBirth: null, identifiers: PUPIL }, home);
    const fits = 'One date of birth is missing, and a pupil number fits the age that the other gives.';
    expect(explainPair(pupil).wouldChange).toContain(`They would no longer be joined if this were wrong: ${fits}`);
    expect(JSON.stringify(explainPair(pair({})))).not.toMatch(/maya|brennan|2015|LS1/i);
  });

  it('under headings that each sentence fits, and no fact under two', () => {
    const ofOneHome = explainPair(pair(home, home));
    expect(ofOneHome.for).toContain('They share a property; its postcode counts with it.');
    expect(JSON.stringify(ofOneHome.missing)).not.toContain('postcode');
    const { against, wouldChange } = explainPair(
      pair({ ...named('Brennan', 'M'), addresses: [{ postcode: 'LS27 9ZZ', uprn: '7' }] }, home),
    );
    const more = 'which is so of two people more often than of one.';
    expect(against).toEqual([
      `They share a postcode area, ${more}`,
      `One given name is an initial that fits the other, ${more}`,
      'No property is shared.',
    ]);
    expect(wouldChange.filter((sentence) => sentence.includes('in common'))).toEqual([
      'If both records had an address in common, that would speak for one person.',
    ]);
  });

  it.each<[Cap['reason'], string, Partial<MatchRecord>, Partial<MatchRecord>, Partial<MatchRecord>]>([
    ['twins', 'If the given names were corrected to be the same, the matcher would no longer take them for twins.', named('Brennan', 'Oliver'), {}, named('Brennan', 'Maya')], // prettier-ignore
    ['siblings', 'If the given names were corrected to be the same, the matcher would no longer take them for brothers or sisters.', { ...named('Brennan', 'Oliver'), dateOfBirth: { date: '2012-01-09' } }, {}, named('Brennan', 'Maya')], // prettier-ignore
    ['side by side', 'If the source that keeps both had one record of them, or one number in both, the matcher would no longer take them for two.', { ...named('Brennan', 'Anna'), source: 'synergy' }, { ...named('Brennan', 'Hannah'), source: 'synergy' }, { source: 'mosaic' }], // prettier-ignore
    ['generations', 'If the dates of birth were corrected to be the same, they would no longer hold the matcher back.', { dateOfBirth: { date: '1984-07-02' } }, {}, { dateOfBirth: plain.dateOfBirth! }], // prettier-ignore
    ['two identifiers', 'If the numbers that differ were corrected to be the same, or a wrong one taken out, they would no longer hold the matcher back.', { identifiers: [{ type: 'nhs', value: '9876543210' }] }, { identifiers: maya.identifiers }, { identifiers: [] }], // prettier-ignore
    ['identifier clash', 'If the shared number were taken off a record that it does not belong to, or names and dates of birth corrected to be the same, it would no longer hold the matcher back.', { ...named('Shah', 'Imran'), dateOfBirth: { date: '1971-09-09' }, identifiers: maya.identifiers }, { identifiers: maya.identifiers }, { identifiers: [] }], // prettier-ignore
    ['household only', 'If both records had the same given name, the matcher would no longer take them for two of one household.', { ...named('Brennan'), dateOfBirth: null }, {}, named('Brennan', 'Maya')], // prettier-ignore
    ['too little known', 'If both records had the same full date of birth, too little being known would no longer hold the matcher back.', { dateOfBirth: null }, {}, { dateOfBirth: plain.dateOfBirth! }], // prettier-ignore
  ])('with what would lift the cap of %s, and it would', (reason, sentence, one, other, change) => {
    const compared = pair(one, other);
    expect([reasons(compared), explainPair(compared).wouldChange]).toEqual([expect.arrayContaining([reason]), expect.arrayContaining([sentence])]); // prettier-ignore
    expect(reasons(pair({ ...one, ...change }, other))).not.toContain(reason);
  });

  it('with each comparison that weighs against it, once, and what is missing, where they are not joined', () => {
    const { wouldChange } = explainPair(pair({ ...named('Shah', 'Maya'), dateOfBirth: { date: '1984-07-02' }, gender: 'male', addresses: [{ postcode: 'M1 1AE' }] })); // prettier-ignore
    expect(wouldChange).toEqual([
      'If the dates of birth were corrected to be the same, they would no longer hold the matcher back.',
      'If the family names were corrected to be the same, that would speak for one person.',
      'If both records had an address in common, that would speak for one person.',
      'If the genders were corrected to be the same, that would speak for one person.',
      'A property number (UPRN) on both records would help to decide.',
      'An NHS number on both records would help to decide.',
      'A pupil number on both records would help to decide.',
      'A data steward can decide that they are the same.',
    ]);
  });
});
