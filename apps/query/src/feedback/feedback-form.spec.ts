import type { Problem } from '../ops-pages/typed.js';
import { feedbackIn, looksPersonal } from './feedback-form.js';

const problemsOf = (typed: Record<string, unknown>) => {
  const problems: Problem[] = [];
  feedbackIn(typed, problems);
  return problems.map(({ message }) => message);
};

describe('Words of feedback', () => {
  it.each([
    'The page for 249012 is empty',
    'nhs 943 476 5919',
    'born 12/05/2012',
    'born 2012-05-12',
    'born on 3rd of February',
    'she lives at nb4 2qt',
    'write to amara.okafor@northbridge.example',
  ])('that may tell who somebody is are sent back: %s', (words) => {
    expect(looksPersonal(words)).toBe(true);
    expect(problemsOf({ category: 'idea', words })).toEqual([expect.stringContaining('Leave out')]);
  });

  it.each(['The search took 20 seconds, twice.', 'After 15:30 on Monday nothing opens', 'Make the text 200 % larger', 'Show 16+ first'])(
    'about the pages are taken: %s',
    (words) => expect(problemsOf({ category: 'idea', words })).toEqual([]),
  );

  it('are wanted, of one of the kinds there are, and are not endless', () => {
    expect(problemsOf({})).toEqual(['Choose what it is about', 'Enter your feedback']);
    expect(problemsOf({ category: 'toString', words: 'x'.repeat(1_001) })).toEqual([
      'Choose what it is about',
      'Enter 1000 characters or fewer',
    ]);
  });
});
