import * as fc from 'fast-check';
import { type Reader, Unreadable } from './column.js';
import * as read from './fields.js';

const said = <T>(reader: Reader<T>, text: string) => reader.read({ a: text }, '2026-11-20');

describe('A telephone number', () => {
  it.each([
    ['01632 960118', '01632 960118'],
    ['1632960118', '01632960118'],
    ['7700 900123', '07700 900123'],
    ['+44 (0)1632 960118', '+44 (0)1632 960118'],
    ['01632 960118 ext 12', '01632 960118 ext 12'],
    ["'01632960118", '01632960118'],
    ['="01632960118"', '01632960118'],
    ['101', '101'],
  ])('%s is kept as %s', (written, kept) => {
    expect(said(read.phone('a'), written)).toBe(kept);
  });

  it.each(['1.63296E+09', 'ask reception', '01632 96o118', '12'])('%s is told to the source', (written) => {
    expect(said(read.phone('a'), written)).toBeInstanceOf(Unreadable);
  });
});

describe('A postcode', () => {
  it.each([
    ['nb1 4qt', 'NB1 4QT'],
    ['NB14QT', 'NB1 4QT'],
    [' ec1a  1bb ', 'EC1A 1BB'],
    ['M1', 'M1'],
    ['unknown', null],
  ])('%s is kept as %s', (written, kept) => {
    expect(said(read.postcode('a'), written)).toBe(kept);
  });

  it('that is none is told', () => {
    expect(said(read.postcode('a'), '12345')).toBeInstanceOf(Unreadable);
  });
});

describe('Words', () => {
  it('of gender and relationship are known in the forms that systems use', () => {
    expect(['F', 'female', '2', 'Girl', 'm', '1', 'U', 'not stated'].map((text) => said(read.gender('a'), text))).toEqual([
      'female',
      'female',
      'female',
      'female',
      'male',
      'male',
      'not-known',
      'not-stated',
    ]);
    expect(
      ['Mother', 'mum', 'Ex-Partner', 'EX_PARTNER', 'Half sibling', 'Maternal Grandmother', 'foster carer'].map((text) =>
        said(read.relationship('a'), text),
      ),
    ).toEqual(['parent', 'parent', 'ex-partner', 'ex-partner', 'half-sibling', 'grandparent', 'foster-carer']);
  });

  it('that are not known are told with those that are, and never guessed', () => {
    expect(said(read.relationship('a'), 'Godmother')).toMatchObject({ rule: 'known-word', column: 'a' });
    expect(said(read.yesNo('a'), 'perhaps')).toMatchObject({ expected: expect.stringContaining('Yes') });
  });

  it('of yes and no may be letters, numbers and ticks', () => {
    expect(['Y', 'yes', 'TRUE', '1', '-1', '✓', 'x'].map((text) => said(read.yesNo('a'), text))).toEqual(Array(7).fill(true));
    expect(['N', 'no', 'false', '0'].map((text) => said(read.yesNo('a'), text))).toEqual(Array(4).fill(false));
    expect(['', '-', 'n/a'].map((text) => said(read.yesNo('a'), text))).toEqual([null, null, null]);
  });
});

describe('A name', () => {
  it('is kept to the letter, and one that looks like nothing is a name', () => {
    expect(said(read.familyName('a'), ' O’Rourke-Ńowak ')).toBe('O’Rourke-Ńowak');
    expect(['Null', 'None', 'Na', 'Nil'].map((text) => said(read.familyName('a'), text))).toEqual(['Null', 'None', 'Na', 'Nil']);
    expect(['Unknown', 'not known', '?', '-'].map((text) => said(read.familyName('a'), text))).toEqual([null, null, null, null]);
  });

  it('in one cell is taken apart at the comma, or before the last word', () => {
    expect(said(read.wholeName('a'), 'O’Brien, Zoë Ann')).toEqual({ family: 'O’Brien', given: ['Zoë', 'Ann'] });
    expect(said(read.wholeName('a'), 'Zoë Ann O’Brien')).toEqual({ family: 'O’Brien', given: ['Zoë', 'Ann'] });
    expect(said(read.wholeName('a'), 'Sukarno')).toEqual({ family: null, given: ['Sukarno'] });
  });
});

describe('An id', () => {
  it('gets back the zeros that a spreadsheet took, and is refused where it took more', () => {
    expect(said(read.id('a', 8), '1234')).toBe('00001234');
    for (const none of ['123456789', '1900a', '19 00', 'C1'])
      expect(said(read.id('a', 8), none)).toMatchObject({ rule: 'id-digits', column: 'a' });
    expect(said(read.id('a'), '0001234')).toBe('0001234');
    expect(said(read.id('a'), '1234.0')).toBe('1234');
    expect(said(read.id('a'), '1.23457E+11')).toMatchObject({ rule: 'id-as-text' });
  });

  it('of several columns is there only when all of them are', () => {
    const both = read.joined('TEN', read.id('a'), read.id('b'));
    expect(both.read({ a: '1', b: '2' }, '')).toBe('TEN-1-2');
    expect(both.read({ a: '1', b: '' }, '')).toBeNull();
  });
});

it('no reader ever throws, or repeats what a cell says in what it tells', () => {
  const readers = [
    read.text('a'),
    read.id('a'),
    read.day('a'),
    read.birthDate('a'),
    read.phone('a'),
    read.postcode('a'),
    read.uprn('a'),
    read.gender('a'),
    read.relationship('a'),
    read.yesNo('a'),
    read.wholeName('a'),
    read.givenNames('a'),
  ];
  fc.assert(
    fc.property(fc.constantFrom<Reader<unknown>>(...readers), fc.string({ unit: 'binary', minLength: 12 }), (reader, text) => {
      const found = reader.read({ a: text }, '2026-11-20');
      if (found instanceof Unreadable) expect(JSON.stringify(found)).not.toContain(text.trim() || 'never');
    }),
  );
});
