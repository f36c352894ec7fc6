import { home, maya, model, named, pair, plain, PUPIL, reasons } from '../../../test/support/compared-pair.js';
import { blockingKeysOf } from './blocking-keys.js';
import { comparableOf, type MatchRecord } from './comparable.js';

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

it('More is asked for where a service is sensitive', () => {
  expect(pair({ sensitive: true }).thresholds).toEqual(model.sensitive);
});
