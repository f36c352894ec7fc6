import fc from 'fast-check';
import type { Answer } from './answers.js';
import { verdictOf } from './verdict.js';

const S = 'same' as const;
const D = 'different' as const;
const C = 'cannot-tell' as const;
const anyAnswers = fc.array(fc.constantFrom<Answer>(S, D, C), { maxLength: 7 });
const anyNeeded = fc.constantFrom(1, 2);

describe('What stewards’ answers come to', () => {
  it.each([
    ['nobody has answered', [], 1, 'waits'],
    ['one answer rules where one is enough', [S], 1, 'same'],
    ['one answer rules nothing where two have to look', [D], 2, 'waits'],
    ['two who agree rule', [D, D], 2, 'different'],
    ['two who differ rule nothing', [S, D], 2, 'differ'],
    ['two who differ rule nothing where one would have been enough', [S, D], 1, 'differ'],
    ['a third decides between them', [S, D, D], 2, 'different'],
    ['two against two rule nothing', [S, D, D, S], 2, 'differ'],
    ['who can’t tell says nothing', [C, C, C], 1, 'waits'],
    ['who can’t tell is no second steward', [S, C], 2, 'waits'],
  ] as const)('%s', (_, answers, needed, expected) => {
    const verdict = verdictOf(answers, needed);
    expect(verdict.outcome === 'decided' ? verdict.answer : verdict.outcome).toBe(expected);
  });

  it('are the same whoever came first, and whoever could not tell', () => {
    fc.assert(
      fc.property(anyAnswers, anyNeeded, (answers, needed) => {
        expect(verdictOf(answers.toReversed(), needed)).toEqual(verdictOf(answers, needed));
        expect(verdictOf([...answers, C], needed)).toEqual(verdictOf(answers, needed));
      }),
    );
  });

  it('never rule against as many as say so, nor without as many as have to agree', () => {
    fc.assert(
      fc.property(anyAnswers, anyNeeded, (answers, needed) => {
        const verdict = verdictOf(answers, needed);
        if (verdict.outcome !== 'decided') return;
        const saying = answers.filter((answer) => answer === verdict.answer).length;
        const against = answers.filter((answer) => answer !== C).length - saying;
        expect(saying).toBeGreaterThan(against);
        expect(saying).toBeGreaterThanOrEqual(needed);
        if (against > 0) expect(saying).toBeGreaterThanOrEqual(2);
      }),
    );
  });
});
