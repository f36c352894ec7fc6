import { instantWords } from '../day-words.js';
import { periodAsked } from './period.js';

const NOW = Date.parse('2026-11-26T04:00:00Z');
const asked = (from?: string, to?: string) => {
  const { fromDay, toDay, problem, ...period } = periodAsked({ from, to }, NOW, 30);
  return [fromDay, toDay, instantWords(period.from), instantWords(period.to), problem];
};

it('A period nobody has chosen is the last days, to the end of today', () => {
  expect(asked()).toEqual(['2026-10-28', '2026-11-26', '28 Oct 2026 at 00:00', '27 Nov 2026 at 00:00', null]);
});

it.each([
  ['2026-10-25T23:30:00Z', '2026-10-19', '2026-10-25'],
  ['2027-03-28T23:30:00Z', '2027-03-23', '2027-03-29'],
])('The last seven days are seven at %s too, in a week in which the clocks change', (now, fromDay, toDay) => {
  expect(periodAsked({}, Date.parse(now), 7)).toMatchObject({ fromDay, toDay });
});

it('A period is whole days in London, also where the clocks change', () => {
  expect(asked('2026-03-29', '2026-03-29').slice(2)).toEqual(['29 Mar 2026 at 00:00', '30 Mar 2026 at 00:00', null]);
  expect(asked('2026-10-25', '2026-10-25').slice(2)).toEqual(['25 Oct 2026 at 00:00', '26 Oct 2026 at 00:00', null]);
  expect(periodAsked({ from: '2026-07-01', to: '2026-07-01' }, NOW, 30).from).toBe(Date.parse('2026-06-30T23:00:00Z'));
});

it.each([
  ['2026-02-30', '2026-11-01', 'Enter two real dates'],
  ['yesterday', '2026-11-01', 'Enter two real dates'],
  ['2026-11-02', '2026-11-01', 'The first day must not be after the last'],
])('From %s to %s something has to be corrected, and the usual period is shown', (from, to, problem) => {
  expect(asked(from, to)).toEqual(['2026-10-28', '2026-11-26', '28 Oct 2026 at 00:00', '27 Nov 2026 at 00:00', problem]);
});
