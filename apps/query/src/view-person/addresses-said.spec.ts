import { expect, test } from '@jest/globals';
import { anIdentity } from '../../../../test/support/person-shown.js';
import { addressesSaid } from './addresses-said.js';

const NOW = Date.parse('2026-11-28T09:00:00Z');
const at = (words: string, database: string, some: object = {}) => ({
  source: database.toLowerCase(),
  database,
  words,
  kind: 'home',
  from: '2022-06-12',
  to: null,
  statedAt: Date.parse('2026-11-22T09:14:00Z'),
  place: 0,
  ...some,
});

test('a place that several databases know is one line, as the first writes it, with all of them', () => {
  const identity = anIdentity({
    address: at('4 Mill Row, NB4 2QT', 'Mosaic'),
    otherAddresses: [
      at('19 Canal Street, NB1 7AH', 'Mosaic', { kind: 'previous', to: '2022-06-12', place: 1 }),
      at('4 Mill Row, Northbridge, NB4 2QT', 'ChildView'),
      at('19 CANAL STREET, NB1 7AH', 'ChildView', { to: '2022-06-12', place: 1 }),
      at('4 Mill Row, NB4 2QT', 'Synergy'),
    ],
  });
  expect(addressesSaid(identity, NOW)).toEqual({
    current: { words: '4 Mill Row, NB4 2QT', said: 'from Mosaic, ChildView and Synergy, since 12 Jun 2022' },
    others: [{ words: '19 Canal Street, NB1 7AH', said: 'from Mosaic and ChildView, until 12 Jun 2022' }],
  });
});

test('databases that disagree about the dates are each heard', () => {
  const identity = anIdentity({
    address: at('4 Mill Row, NB4 2QT', 'Mosaic'),
    otherAddresses: [at('4 Mill Row, NB4 2QT', 'Synergy', { to: '2024-01-01' })],
  });
  expect(addressesSaid(identity, NOW).current?.said).toBe('from Mosaic, since 12 Jun 2022; from Synergy, until 1 Jan 2024');
});

test('an address without dates says when it was stated, one for letters says that it is', () => {
  const identity = anIdentity({
    otherAddresses: [
      at('1 High Street', 'Synergy', { from: null }),
      at('2 High Street', 'CIS', { kind: 'correspondence', place: 1 }),
      at('3 High Street', 'CIS', { kind: 'previous', from: null, place: 2 }),
      at('4 High Street', 'CIS', { kind: 'previous', place: 3 }),
    ],
  });
  expect(addressesSaid(identity, NOW)).toEqual({
    current: null,
    others: [
      { words: '1 High Street', said: 'from Synergy, as stated 22 Nov 2026' },
      { words: '2 High Street', said: 'from CIS, correspondence address since 12 Jun 2022' },
      { words: '3 High Street', said: 'from CIS, previous address as stated 22 Nov 2026' },
      { words: '4 High Street', said: 'from CIS, previous address from 12 Jun 2022, as stated 22 Nov 2026' },
    ],
  });
});

test('an address that somebody is to move to is not said to be theirs since then', () => {
  const identity = anIdentity({ otherAddresses: [at('1 High Street', 'Mosaic', { from: '2027-03-01' })] });
  expect(addressesSaid(identity, NOW).others).toEqual([{ words: '1 High Street', said: 'from Mosaic, from 1 Mar 2027 on' }]);
});
