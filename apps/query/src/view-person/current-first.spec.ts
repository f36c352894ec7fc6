import { expect, test } from '@jest/globals';
import { currentFirst } from './current-first.js';

const NOW = Date.parse('2026-11-23T12:00:00Z');
const at = (words: string, some: object = {}) => ({
  source: 'synergy',
  database: 'Synergy',
  words,
  kind: 'home',
  from: null,
  to: null,
  statedAt: NOW,
  place: 0,
  ...some,
});
const listed = (identity: Parameters<typeof currentFirst>[0]) => currentFirst(identity, NOW).map(({ words, current }) => [words, current]);

test('addresses begin with where the person lives, then where another source has them living, then former ones, newest first', () => {
  const otherAddresses = [
    at('oldest', { to: '2019-08-15' }),
    at('for letters', { kind: 'correspondence', from: '2012-01-01' }),
    at('newer', { to: '2022-06-12' }),
    at('lives, says Synergy', { from: '2020-02-03' }),
  ];
  expect(listed({ address: at('lives', { from: '2019-01-01' }), otherAddresses, deceasedOn: null })).toEqual([
    ['lives', true],
    ['lives, says Synergy', true],
    ['newer', false],
    ['oldest', false],
    ['for letters', false],
  ]);
});

test('where somebody who has died lived then counts as current', () => {
  const otherAddresses = [at('until she died', { to: '2024-05-01' })];
  expect(listed({ address: null, otherAddresses, deceasedOn: '2024-04-30' })).toEqual([['until she died', true]]);
});
