import { type Doubt, questionsAsked } from './questions-asked.js';

const doubt = (one: number, other: number, same: boolean, weight = 0): Doubt => ({ one, other, same, weight });

describe('Questions are counted as a steward answers them', () => {
  it('once for two people, however many of their records are alike', () => {
    expect(questionsAsked([doubt(1, 2, true), doubt(1, 2, true)])).toBe(1);
    expect(questionsAsked([doubt(1, 2, false), doubt(2, 1, false)])).toBe(1);
  });

  it('two for three who are one: the third is known by then', () => {
    expect(questionsAsked([doubt(1, 2, true), doubt(2, 3, true), doubt(1, 3, true)])).toBe(2);
  });

  it('not again of two who became part of those that are known to differ', () => {
    expect(questionsAsked([doubt(1, 3, false, 9), doubt(1, 2, true, 8), doubt(2, 3, false, 7)])).toBe(2);
    expect(questionsAsked([doubt(1, 3, false), doubt(2, 4, false)])).toBe(2);
  });
});
