import { ago, tableOf } from './print.js';

describe('What a verb prints', () => {
  it('is a table whose columns are as wide as their widest cell', () => {
    const columns = {
      source: (row: { source: string; events: number }) => row.source,
      events: (row: { events: number }) => String(row.events),
    };
    const rows = [
      { source: 'northbridge-homes', events: 7 },
      { source: 'niche', events: 120 },
    ];
    expect(tableOf(rows, columns)).toBe(['source             events', 'northbridge-homes  7', 'niche              120'].join('\n'));
  });

  it.each([
    [4.4, '4 s'],
    [119, '119 s'],
    [600, '10 min'],
    [10_800, '3 h'],
    [200_000, '2 days'],
  ])('says %p seconds as %p', (seconds, words) => {
    expect(ago(seconds)).toBe(words);
  });
});
