import { type AskedSource, problemShown, type ReportedProblem } from './problem-shown.js';

const at = (day: string) => Date.parse(`${day}T12:00:00Z`);
const ID = '0b7f9c1e-0d4a-4b43-9d3f-5a1f2f3c4d5e';
const asked = (some: Partial<AskedSource> = {}): AskedSource => ({
  database: 'Mosaic',
  outcome: null,
  answeredAt: null,
  dueAt: at('2026-11-10'),
  words: null,
  statedAt: null,
  ...some,
});
const problem = (category: ReportedProblem['category'], some: Partial<ReportedProblem> = {}): ReportedProblem => ({
  id: ID,
  category,
  service: 'school',
  value: null,
  involvement: null,
  reportedAt: at('2026-11-03'),
  ...some,
});
const shown = (of: AskedSource[], now = at('2026-11-04')) => problemShown(problem('wrong-person'), of, now);
const says = (one: AskedSource, now?: number) => shown([one], now).asked[0]!.saysWords;

describe('A problem on a panel', () => {
  it('says who was asked and by when, and that nothing came of it once that is past', () => {
    expect(says(asked())).toBe('Mosaic has been asked and is to answer by 10 Nov 2026');
    expect(says(asked(), at('2026-11-10'))).toBe('Mosaic has been asked and is to answer by 10 Nov 2026');
    expect(says(asked(), at('2026-11-10') + 1)).toBe('Mosaic has not answered; it was to do so by 10 Nov 2026');
    expect(says(asked(), at('2026-11-11'))).toBe('Mosaic has not answered; it was to do so by 10 Nov 2026');
  });

  it.each([
    ['fixed', 'Mosaic says that it was wrong and is put right (5 Nov 2026)'],
    ['refused', 'Mosaic says that it is right as it is (5 Nov 2026)'],
    ['answered', 'Mosaic says (5 Nov 2026)'],
  ] as const)('says what the source answered: %s', (outcome, words) => {
    expect(says(asked({ outcome, answeredAt: at('2026-11-05') }), at('2026-12-24'))).toBe(words);
  });

  it.each([
    [null, undefined, 'The data analysts have been asked and are to answer by 10 Nov 2026'],
    [null, at('2026-11-11'), 'The data analysts have not answered; they were to do so by 10 Nov 2026'],
    ['there-now', undefined, 'The data analysts say that the involvement is there now (5 Nov 2026)'],
    ['nothing-to-show', undefined, 'The data analysts say that there is none, or that it is not to be shown here (5 Nov 2026)'],
    ['more-needed', undefined, 'The data analysts say that they need more to find it: report it again, and say more (5 Nov 2026)'],
  ] as const)('says so of the data analysts where they alone are asked: %s', (outcome, now, words) => {
    expect(says(asked({ database: null, outcome, answeredAt: outcome && at('2026-11-05') }), now)).toBe(words);
  });

  it.each([
    ['fixed', '2026-11-02', 'What is shown here of Mosaic is from before the report, so it may be the old value'],
    [
      'fixed',
      '2026-11-04',
      'What is shown here of Mosaic is from between the report and this answer, so whether it is the new value is not known',
    ],
    [
      'fixed',
      '2026-11-03',
      'What is shown here of Mosaic is from between the report and this answer, so whether it is the new value is not known',
    ],
    ['fixed', '2026-11-05', null],
    ['fixed', '2026-11-06', null],
    ['fixed', null, null],
    ['refused', '2026-11-02', null],
    ['answered', '2026-11-02', null],
  ] as const)(
    'says that what is shown may be old where it is put right and nothing has come since: %s, stated %s',
    (outcome, day, words) => {
      const one = asked({ outcome, answeredAt: at('2026-11-05'), statedAt: day && at(day) });
      expect(shown([one]).asked[0]!.mayBeOldWords).toBe(words);
    },
  );

  it('warns of the wrong person until every source has put it right or stands by it', () => {
    const answered = (outcome: AskedSource['outcome']) => asked({ outcome, answeredAt: at('2026-11-05') });
    expect(shown([asked(), answered('refused')]).maybeWrongPerson).toBe(true);
    expect(shown([answered('answered')]).maybeWrongPerson).toBe(true);
    expect(shown([answered('fixed'), answered('refused')]).maybeWrongPerson).toBe(false);
    expect(problemShown(problem('wrong-phone'), [asked()], 0).maybeWrongPerson).toBe(false);
  });
});

it('A problem with a value says with which, as long as the value is shown', () => {
  const words = (value: ReportedProblem['value']) =>
    problemShown(problem('wrong-value', { service: null, value }), [asked()], 0).reportedWords;
  expect(words({ kind: 'address', words: '4 Mill Row' })).toBe('Problem with an address (4 Mill Row) reported 3 Nov 2026: it is wrong');
  expect(words({ kind: 'name', words: null })).toBe('Problem with a name reported 3 Nov 2026: it is wrong');
});
