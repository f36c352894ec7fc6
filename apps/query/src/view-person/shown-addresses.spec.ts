import { currentAddressOf, isSamePlace, shownAddressesOf, wordsOf } from './shown-addresses.js';
import type { StoredAddress, StoredRecord } from './stored-record.js';

const at = (line: string, changed: Partial<StoredAddress> = {}): StoredAddress => ({
  lines: [line],
  postcode: null,
  uprn: null,
  from: null,
  to: null,
  kind: 'home',
  confidential: false,
  ...changed,
});
const record = (...addresses: StoredAddress[]) => ({ addresses }) as StoredRecord;
const shown = (...records: StoredRecord[]) => shownAddressesOf(records).map(wordsOf);

describe('Addresses that may be shown', () => {
  it.each([
    ['confidential', at('1 Hidden Way', { confidential: true })],
    ['a refuge', at('1 Hidden Way', { kind: 'refuge' })],
    ['a placement', at('1 Hidden Way', { kind: 'placement' })],
  ])('are none that is %s', (_, hidden) => {
    expect(shown(record(hidden, at('4 Mill Row')))).toEqual(['4 Mill Row']);
  });

  it.each([
    ['postcode', { postcode: 'NB4 2QT' }, { postcode: 'nb42qt' }],
    ['UPRN', { uprn: '100012345', postcode: 'NB4 2QT' }, { uprn: '100012345', postcode: null }],
  ])('are not the same place from another source either: by %s', (_, hidden, open) => {
    expect(shown(record(at('Flat 2', open)), record(at('2 Hidden Way', { ...hidden, confidential: true })))).toEqual([]);
  });

  it('are not the same first line either, where that is all one source says', () => {
    const hidden = at('2 Hidden Way', { confidential: true });
    expect(shown(record(hidden), record(at('2, hidden way')))).toEqual([]);
    expect(shown(record(hidden), record(at('2, hidden way', { postcode: 'NB4 2QT' })))).toEqual([]);
    expect(shown(record(at('2 Hidden Way', { confidential: true, postcode: 'NB4 2QT' })), record(at('2 hidden way')))).toEqual([]);
  });
});

describe('Beside a record whose confidential address the read model no longer holds', () => {
  const withheld = at('', { lines: [], kind: 'other', confidential: true });

  it('no place is shown but those that record states openly itself', () => {
    expect(shown(record(withheld), record(at('2 Hidden Way')))).toEqual([]);
    expect(shown(record(withheld, at('4 Mill Row', { postcode: 'NB4 2QT' })), record(at('Mill Row 4', { postcode: 'NB42QT' })))).toEqual([
      '4 Mill Row, NB4 2QT',
      'Mill Row 4, NB42QT',
    ]);
  });
});

describe('Where a person lives', () => {
  const living = (...addresses: StoredAddress[]) => {
    const address = currentAddressOf(shownAddressesOf([record(...addresses)]), '2026-11-23');
    return address && wordsOf(address);
  };

  it('is the newest address that holds today', () => {
    expect(living(at('old', { from: '2020-01-01' }), at('new', { from: '2025-01-01' }), at('next', { from: '2027-01-01' }))).toBe('new');
    expect(living(at('left', { from: '2025-01-01', to: '2026-11-22' }), at('stays'))).toBe('stays');
  });

  it('is no previous and no postal address', () => {
    expect(living(at('before', { kind: 'previous' }), at('post', { kind: 'correspondence' }))).toBeNull();
  });
});

describe('Two addresses', () => {
  const cottage = at('7 Weir Cottages', { postcode: 'NB9 3TD' });
  const near = (line: string, changed: Partial<StoredAddress> = {}) => at(line, { postcode: 'nb93td', ...changed });
  it.each<[string, StoredAddress, StoredAddress]>([
    ['written in other letters', cottage, near('7, WEIR COTTAGES')],
    ['with the town after one of them', cottage, { ...near(''), lines: ['7 Weir Cottages', 'Northbridge'] }],
    ['with one UPRN, whatever is written', near('7 Weir Cottages', { uprn: '1' }), near('The Weir Cottages', { uprn: '1' })],
    ['written alike, one without a UPRN', near('7 Weir Cottages', { uprn: '1' }), cottage],
  ])('are one place: %s', (_, one, other) => {
    expect([isSamePlace(one, other), isSamePlace(other, one)]).toEqual([true, true]);
  });

  it.each<[string, StoredAddress, StoredAddress]>([
    ['another number', cottage, near('9 Weir Cottages')],
    ['another street in one postcode', cottage, near('7 Weir Lane')],
    ['another postcode', cottage, at('7 Weir Cottages, Northbridge', { postcode: 'NB9 3TE' })],
    ['no postcode to tell the town by', at('7 Weir Cottages'), at('7 Weir Cottages, Northbridge')],
    ['a flat of the house', cottage, near('7 Weir Cottages, Flat 2')],
    ['a flat by its letter', cottage, near('7 Weir Cottages, Flat B')],
    ['a floor of the house', cottage, near('7 Weir Cottages, Top Floor')],
    ['the flat first', cottage, near('Flat 2, 7 Weir Cottages')],
    ['two flats with the UPRN of the block', near('Flat 1, Weir Court', { uprn: '1' }), near('Flat 2, Weir Court', { uprn: '1' })],
    ['two UPRNs', near('7 Weir Cottages', { uprn: '1' }), near('7 Weir Cottages, Northbridge', { uprn: '2' })],
  ])('are two: %s', (_, one, other) => {
    expect([isSamePlace(one, other), isSamePlace(other, one)]).toEqual([false, false]);
  });
});
