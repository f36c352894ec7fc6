import { dueTimes } from './due-times.js';
import { isWorkingDay } from './working-days.js';

const due = (category: Parameters<typeof dueTimes>[0], at: string) => {
  const { first, second } = dueTimes(category, Date.parse(at));
  return [first, second].map((instant) => new Date(instant).toISOString());
};

describe('An answer is due', () => {
  it('of the data analysts, where they alone are asked, after five working days, and nobody comes after them', () => {
    const { first, second } = dueTimes('missing-involvement', Date.parse('2026-11-05T09:14:00Z'), true);
    expect([first, second].map((instant) => new Date(instant).toISOString())).toEqual([
      '2026-11-12T17:00:00.000Z',
      '2026-11-12T17:00:00.000Z',
    ]);
  });

  it('at five in London after five working days, and two more for the second owner: no weekend counts', () => {
    // Thursday 5 November to Thursday 12, then Monday 16.
    expect(due('wrong-phone', '2026-11-05T09:14:00Z')).toEqual(['2026-11-12T17:00:00.000Z', '2026-11-16T17:00:00.000Z']);
  });

  it('counted from the next working day where it was reported at a weekend', () => {
    for (const at of ['2026-11-06T16:00:00Z', '2026-11-07T10:00:00Z', '2026-11-08T22:00:00Z'])
      expect(due('other', at)[0]).toBe('2026-11-13T17:00:00.000Z');
  });

  it('at five in London on both sides of a change of the clocks', () => {
    // Clocks go back on 25 October and forward on 28 March (Good Friday is the 26th, Easter Monday the 29th).
    expect(due('other', '2026-10-22T12:00:00Z')).toEqual(['2026-10-29T17:00:00.000Z', '2026-11-02T17:00:00.000Z']);
    expect(due('wrong-person', '2026-10-22T12:00:00Z')).toEqual(['2026-10-23T16:00:00.000Z', '2026-10-26T17:00:00.000Z']);
    expect(due('wrong-person', '2027-03-24T12:00:00Z')).toEqual(['2027-03-25T17:00:00.000Z', '2027-03-30T16:00:00.000Z']);
  });

  it('by the day in London: half an hour before midnight in UTC it is already tomorrow in summer', () => {
    expect(due('wrong-person', '2026-07-01T23:30:00Z')[0]).toBe('2026-07-03T16:00:00.000Z');
    expect(due('wrong-person', '2026-12-01T23:30:00Z')[0]).toBe('2026-12-02T17:00:00.000Z');
  });

  it('within a day where it may do harm meanwhile', () => {
    for (const category of ['wrong-person', 'should-not-be-shown'] as const)
      expect(due(category, '2026-11-06T10:00:00Z')).toEqual(['2026-11-09T17:00:00.000Z', '2026-11-10T17:00:00.000Z']);
  });

  it('on no bank holiday', () => {
    expect(due('wrong-person', '2026-12-24T10:00:00Z')[0]).toBe('2026-12-29T17:00:00.000Z');
  });
});

// https://www.gov.uk/bank-holidays
it('The bank holidays of England are known', () => {
  const listed = [
    '2026-01-01 2026-04-03 2026-04-06 2026-05-04 2026-05-25 2026-08-31 2026-12-25 2026-12-28',
    '2027-01-01 2027-03-26 2027-03-29 2027-05-03 2027-05-31 2027-08-30 2027-12-27 2027-12-28',
    '2028-01-03 2028-04-14 2028-04-17 2028-05-01 2028-05-29 2028-08-28 2028-12-25 2028-12-26',
  ].join(' ');
  const off: string[] = [];
  for (let at = Date.parse('2026-01-01'); at < Date.parse('2029-01-01'); at += 86_400_000) {
    const day = new Date(at);
    const text = day.toISOString().slice(0, 10);
    if (![0, 6].includes(day.getUTCDay()) && !isWorkingDay(text)) off.push(text);
  }
  expect(off.join(' ')).toBe(listed);
});
