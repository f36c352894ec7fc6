import { blockingKeysOf } from './blocking-keys.js';
import type { Cap } from './caps.js';
import { comparableOf, type MatchRecord } from './comparable.js';
import { comparePair } from './compare-pair.js';
import { DEFAULT_MODEL } from './default-model.js';
import { explainPair } from './explain-pair.js';
import { loadMatchModel } from './match-model.js';

const model = loadMatchModel(DEFAULT_MODEL);
const maya: MatchRecord = {
  subject: 'a',
  names: [{ family: 'Brennan', given: ['Maya'] }],
  dateOfBirth: { date: '2015-03-14' },
  gender: 'female',
  addresses: [{ postcode: 'LS1 4AP', uprn: '100' }],
  identifiers: [{ type: 'nhs', value: '943 476 5919' }],
};
const home = { addresses: maya.addresses };
/** Given out in 2019. */
const PUPIL = [{ type: 'upn', value: 'H801200019003' }];
const plain: MatchRecord = { ...maya, identifiers: [], addresses: [{ postcode: 'LS1 4AP' }] };
const pair = (one: Partial<MatchRecord>, other: Partial<MatchRecord> = {}) => {
  const [a, b] = [comparableOf({ ...plain, ...other }), comparableOf({ ...plain, subject: 'b', ...one })];
  const compared = comparePair(a, b, model);
  expect(comparePair(b, a, model)).toEqual(compared);
  return compared;
};
const reasons = (compared: ReturnType<typeof pair>) => compared.caps.map(({ reason }) => reason);
const named = (family: string | null, ...given: string[]) => ({ names: [{ family, given }] });

describe('Two records are one person', () => {
  it.each<[string, Partial<MatchRecord>]>([
    ['all agrees', {}],
    ['the family moved house', { addresses: [{ postcode: 'M1 1AE' }] }],
    ['she has another family name elsewhere', named('Okafor', 'Maya')],
    [
      'a former name is hers',
      {
        names: [
          { family: 'Okafor', given: ['Maya'] },
          { family: 'Brennan', given: ['Maya'], kind: 'former' },
        ],
      },
    ],
    ['her names are swapped', named('Maya', 'Brennan')],
    ['her date of birth has one wrong digit', { dateOfBirth: { date: '2015-03-15' } }],
  ])('when %s', (_why, change) => {
    expect(pair(change).zone).toBe('join');
    const keys = blockingKeysOf(comparableOf({ ...plain, ...change }));
    expect(blockingKeysOf(comparableOf(plain)).some((key) => keys.includes(key))).toBe(true);
  });

  it('when a short name stands for the full one', () => {
    expect(pair(named('Brennan', 'Tom'), named('Brennan', 'Thomas')).zone).toBe('join');
  });

  it('when two sources, or one that knows her number, have two forms of her name', () => {
    const [anna, hannah] = [named('Brennan', 'Anna'), named('Brennan', 'Hannah')];
    expect(pair({ ...anna, source: 'mosaic' }, { ...hannah, source: 'synergy' }).zone).toBe('join');
    const numbered = { source: 'mosaic', identifiers: maya.identifiers };
    expect(pair({ ...anna, ...numbered }, { ...hannah, ...numbered }).zone).toBe('join');
  });

  it.each<[string, Partial<MatchRecord>]>([
    ['of one no more than the year of birth is known', { dateOfBirth: { date: '2015', precision: 'year' } }],
    ['one has no date of birth, but a pupil number of her age', { dateOfBirth: null, identifiers: PUPIL }],
  ])('when they have one name and one home, and %s', (_why, change) => {
    expect(pair({ ...home, ...change }, home).zone).toBe('join');
    expect(pair({ ...home, ...change, ...named('Brennan', 'Maia') }, home).zone).toBe('review');
    for (const otherwise of [named('Okafor', 'Maya'), named(null, 'Maya')])
      expect(reasons(pair({ ...home, ...change, ...otherwise }, home))).toEqual(['too little known']);
    expect(pair(change).zone).toBe('review');
  });

  it('when they share a pupil number, a given name and a home, though not the family name', () => {
    const [pupil, okafor] = [
      { ...home, identifiers: PUPIL },
      { ...named('Okafor', 'Maya'), dateOfBirth: null },
    ];
    expect(pair({ ...pupil, ...okafor }, pupil).zone).toBe('join');
    expect(reasons(pair({ ...pupil, ...okafor, addresses: [] }, pupil))).toEqual(['identifier clash']);
    expect(reasons(pair({ ...pupil, ...okafor, ...named('Okafor', 'Oliver') }, pupil))).toContain('identifier clash');
  });

  it.each([
    ['2018', 'review'],
    ['2017', 'join'],
    ['2006', 'join'],
    ['2005', 'review'],
  ])('a pupil number of 2019 fits whoever was 2 to 13 years old then: born in %s, %s', (year, zone) => {
    const born = { ...home, dateOfBirth: { date: `${year}-05-05` } };
    expect(pair({ ...home, dateOfBirth: null, identifiers: PUPIL }, born).zone).toBe(zone);
  });

  it('when a further name is an initial of the other’s, or is missing from one', () => {
    for (const one of [named('Brennan', 'Maya', 'B'), named('Brennan', 'Maya')])
      expect(pair(one, named('Brennan', 'Maya', 'Bilal')).zone).toBe('join');
  });

  it('when day and month are the other way round', () => {
    expect(pair({ dateOfBirth: { date: '2015-04-03' } }, { dateOfBirth: { date: '2015-03-04' } }).parts[2]?.level).toBe('swap');
  });
});

describe('Two records are never joined', () => {
  it.each<[string, string, Partial<MatchRecord>]>([
    ['twins', 'twins', named('Brennan', 'Oliver')],
    ['siblings', 'siblings', { ...named('Brennan', 'Oliver'), dateOfBirth: { date: '2012-01-09' } }],
    ['generations', 'generations', { dateOfBirth: { date: '1984-07-02' } }],
    ['people of one household', 'household only', { ...named('Brennan'), dateOfBirth: null }],
  ])('as %s', (_who, reason, change) => {
    const compared = pair(change);
    expect(compared.zone).toBe('apart');
    expect(reasons(compared)).toContain(reason);
  });

  it.each<[string, string, Partial<MatchRecord>, Partial<MatchRecord>]>([
    [
      'a twin is named after the other',
      'twins',
      { ...named('Brennan', 'Gabriel'), gender: 'male' },
      { ...named('Brennan', 'Gabriela'), gender: 'female' },
    ],
    ['names of twins are near', 'twins', named('Brennan', 'Kiera'), named('Brennan', 'Kieran')],
    [
      'one source keeps both, under two forms of one name',
      'side by side',
      { ...named('Brennan', 'Anna'), source: 'mosaic' },
      { ...named('Brennan', 'Hannah'), source: 'mosaic' },
    ],
    [
      'one source keeps two brothers whose birthdays are one digit apart',
      'side by side',
      { ...named('Brennan', 'Jack'), source: 'mosaic', dateOfBirth: { date: '2012-03-14' } },
      { ...named('Brennan', 'John'), source: 'mosaic' },
    ],
    ['identifiers differ', 'two identifiers', { identifiers: [{ type: 'nhs', value: '9876543210' }] }, { identifiers: maya.identifiers }],
    [
      'an identifier is shared and the rest differs',
      'identifier clash',
      { ...named('Shah', 'Imran'), dateOfBirth: { date: '1971-09-09' }, identifiers: maya.identifiers },
      { identifiers: maya.identifiers },
    ],
    [
      'a number is shared and no date of birth, as of mother and daughter of one given name',
      'identifier clash',
      { ...named('Salih', 'Maya'), dateOfBirth: null, identifiers: maya.identifiers },
      { identifiers: maya.identifiers },
    ],
    ['no date of birth is known', 'too little known', { dateOfBirth: null }, {}],
    ['no date of birth is known, in one house', 'too little known', { dateOfBirth: null, ...home }, home],
    ['of neither more than the year of birth is known', 'too little known', { dateOfBirth: { date: '2015' }, ...home }, { dateOfBirth: { date: '2015' }, ...home }], // prettier-ignore
    ['of one the year is known, and of the other its first day, as systems fill it in', 'too little known', { dateOfBirth: { date: '2015' }, ...home }, { dateOfBirth: { date: '2015-01-01' }, ...home }], // prettier-ignore
    ['brothers share a first name, and one has a pupil number of the other’s age', 'too little known', { ...named('Brennan', 'Maya', 'Adil'), dateOfBirth: null, identifiers: PUPIL, ...home }, { ...named('Brennan', 'Maya', 'Bilal'), ...home }], // prettier-ignore
    ['twins share a first name', 'twins', named('Brennan', 'Maya', 'Adil'), named('Brennan', 'Maya', 'Bilal')],
    ['a pupil number is of another age than a mother of that name', 'too little known', { dateOfBirth: null, identifiers: PUPIL, ...home }, { dateOfBirth: { date: '1985-05-05' }, ...home }], // prettier-ignore
    [
      'two of one name in one house are born years apart',
      'generations',
      { dateOfBirth: { date: '2009-10-02' }, addresses: maya.addresses },
      { addresses: maya.addresses },
    ],
    [
      'no date of birth is known and a given name of one is a middle name of the other',
      'too little known',
      { ...named('Brennan', 'Oliver', 'Maya'), dateOfBirth: null, addresses: maya.addresses },
      { addresses: maya.addresses },
    ],
    ['an unnamed baby was born that day', 'household only', named('Brennan', 'Baby'), {}],
  ])('without a steward when %s', (_why, reason, one, other) => {
    const compared = pair(one, other);
    expect(compared.zone).toBe('review');
    expect(reasons(compared)).toContain(reason);
  });

  it('when only a name agrees', () => {
    expect(pair({ dateOfBirth: null, addresses: [] }).zone).toBe('apart');
  });
});

describe('What says nothing weighs nothing', () => {
  it.each<[string, string, Partial<MatchRecord>]>([
    ['a placeholder', 'given_name', named('Brennan', 'Unknown')],
    ['a default date', 'date_of_birth', { dateOfBirth: { date: '1900-01-01' } }],
    ['a number with a wrong check digit', 'nhs_number', { identifiers: [{ type: 'nhs', value: '9434765918' }] }],
    ['a refuge', 'postcode', { addresses: [{ postcode: 'LS1 4AP', kind: 'refuge' }] }],
    ['an unstated gender', 'gender', { gender: 'unknown' }],
  ])('%s', (_what, comparison, change) => {
    const part = pair(change, { identifiers: maya.identifiers }).parts.find((part) => part.comparison === comparison);
    expect(part).toMatchObject({ level: 'missing', weight: 0, sentence: expect.stringContaining('one is missing') });
  });
});

describe('A comparison is explained', () => {
  it('asks for more where a service is sensitive', () => {
    expect(pair({ sensitive: true }).thresholds).toEqual(model.sensitive);
  });

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
