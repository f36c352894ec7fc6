import { forStewards } from './for-stewards.js';

const of = (subject: string, source = 'mosaic') => ({ subject, source });

describe('Of the wrong person, where several records make up one, is', () => {
  it.each([
    ['the record that the panel is of', [of('a'), of('a')], [of('a'), of('b', 'synergy')], 'a'],
    ['the record that the panel is of, where its source has another', [of('a')], [of('b'), of('a')], 'a'],
    ['the one of its source, where that has replaced it', [of('old')], [of('a'), of('b', 'synergy')], 'a'],
    ['none, where its source has two others', [of('old')], [of('a'), of('b')], null],
    ['none, where the panel is of two', [of('a'), of('b', 'synergy')], [of('a'), of('b', 'synergy')], null],
  ])('%s', (_, involvements, records, record) => {
    expect(forStewards(involvements, records)).toEqual({ forStewards: true, record });
  });
});
