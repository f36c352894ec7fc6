import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { dayWords, instantWords, londonDay } from './day-words.js';
import { ageDay, ageOn, ageWords } from './view-person/age.js';

const at = (instant: string) => Date.parse(instant);
const zone = process.env.TZ;
afterEach(() => {
  if (zone === undefined) delete process.env.TZ;
  else process.env.TZ = zone;
});

/** Wherever the machine stands: Node takes a change of TZ at once. */
describe.each(['UTC', 'Europe/London', 'Pacific/Auckland', 'America/Los_Angeles'])('On a machine set to %s', (machine) => {
  beforeEach(() => {
    process.env.TZ = machine;
  });

  it.each([
    // The day the clocks go forward: 00:59 is followed by 02:00.
    ['2026-03-29T00:59:00Z', '2026-03-29', '29 Mar 2026 at 00:59'],
    ['2026-03-29T01:00:00Z', '2026-03-29', '29 Mar 2026 at 02:00'],
    ['2026-03-29T22:59:00Z', '2026-03-29', '29 Mar 2026 at 23:59'],
    ['2026-03-29T23:00:00Z', '2026-03-30', '30 Mar 2026 at 00:00'],
    // The day they go back: 01:59 is followed by 01:00.
    ['2026-10-24T23:00:00Z', '2026-10-25', '25 Oct 2026 at 00:00'],
    ['2026-10-25T00:59:00Z', '2026-10-25', '25 Oct 2026 at 01:59'],
    ['2026-10-25T01:00:00Z', '2026-10-25', '25 Oct 2026 at 01:00'],
    ['2026-10-25T23:59:00Z', '2026-10-25', '25 Oct 2026 at 23:59'],
    ['2026-10-26T00:00:00Z', '2026-10-26', '26 Oct 2026 at 00:00'],
    ['2026-06-30T23:30:00Z', '2026-07-01', '1 Jul 2026 at 00:30'],
  ])('%s is the day and the time on a clock in London', (instant, day, words) => {
    expect([londonDay(at(instant)), instantWords(at(instant))]).toEqual([day, words]);
  });

  it('a child is a year older from midnight in London on, in summer an hour before UTC says so', () => {
    const age = (instant: string) => ageOn('2010-07-01', ageDay(at(instant), null));
    expect([age('2026-06-30T22:59:00Z'), age('2026-06-30T23:00:00Z')]).toEqual([15, 16]);
    const inWinter = (instant: string) => ageOn('2010-12-01', ageDay(at(instant), null));
    expect([inWinter('2026-11-30T23:59:00Z'), inWinter('2026-12-01T00:00:00Z')]).toEqual([15, 16]);
  });

  it('a baby born on the day the clocks change is a month older on the right day', () => {
    expect(ageWords({ date: '2026-03-29', precision: 'day' }, londonDay(at('2026-04-28T22:59:00Z')))).toBe('under 1 month');
    expect(ageWords({ date: '2026-03-29', precision: 'day' }, londonDay(at('2026-04-28T23:00:00Z')))).toBe('1 month');
    expect(dayWords('2026-03-29')).toBe('29 Mar 2026');
  });
});

test('nothing in the query service or the fold asks the machine what day or hour it is', () => {
  const folders = ['apps/query/src', 'apps/projector/src', 'libs/events/src', 'libs/matching/src', 'libs/read-model/src'];
  const sources = folders.flatMap((folder) =>
    readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.ts') && !file.endsWith('.spec.ts'))
      .map((file) => join(folder, file)),
  );
  expect(sources.length).toBeGreaterThan(200);
  const local =
    /\.(get(FullYear|Month|Date|Day|Hours|Minutes|TimezoneOffset)|toLocale(Date|Time)String|toDateString)\(|current_date|localtime/i;
  expect(sources.filter((file) => local.test(readFileSync(file, 'utf8')))).toEqual([]);
});
