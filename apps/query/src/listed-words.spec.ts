import { expect, test } from '@jest/globals';
import { listed } from './listed-words.js';

test.each([
  [[], ''],
  [['Mosaic'], 'Mosaic'],
  [['Insight', 'Mosaic'], 'Insight and Mosaic'],
  [['Cluster lists', 'Insight', 'Mosaic'], 'Cluster lists, Insight and Mosaic'],
])('%j are listed as “%s”', (words, said) => {
  expect(listed(words)).toBe(said);
});
