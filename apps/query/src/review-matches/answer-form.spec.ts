import type { Problem } from '../ops-pages/typed.js';
import { opinionIn } from './answer-form.js';
import { ANSWERS, REASONS } from './answers.js';

const problemsOf = (typed: Record<string, string>) => {
  const problems: Problem[] = [];
  opinionIn(typed, problems);
  return problems.map(({ message }) => message);
};

describe('A steward’s answer', () => {
  it('is taken with a reason that goes with it, and words or none', () => {
    expect(problemsOf({ answer: 'same', reason: 'details-agree' })).toEqual([]);
    expect(problemsOf({ answer: 'cannot-tell', reason: 'too-little', words: 'No date of birth' })).toEqual([]);
  });

  it.each([
    [{}, ['Select whether they are one person', 'Select why']],
    [{ answer: 'perhaps', reason: 'toString' }, ['Select whether they are one person', 'Select why']],
    [{ answer: 'same', reason: 'twins-or-siblings' }, ['Select a reason that goes with your answer']],
    [{ answer: 'same', reason: 'details-agree', words: 'x'.repeat(501) }, ['Enter 500 characters or fewer']],
  ])('is sent back with what to correct: %j', (typed, expected) => {
    expect(problemsOf(typed as Record<string, string>)).toEqual(expected);
  });

  it('can be given for every answer with some reason', () => {
    for (const answer of Object.keys(ANSWERS))
      expect(Object.values(REASONS).some(({ fits }) => (fits as readonly string[]).includes(answer))).toBe(true);
  });
});
