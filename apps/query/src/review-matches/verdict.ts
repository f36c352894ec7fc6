import type { Answer, Decisive } from './answers.js';

/** What stewards' answers about two records come to. */
export type Verdict = { outcome: 'waits' | 'differ' } | { outcome: 'decided'; answer: Decisive };

/**
 * One answer rules where one steward is enough. Once two have differed, or where two have to look, two must agree, and be more than those who
 * say otherwise. Who can't tell says nothing.
 * @param answers that count, each of another steward; in any order
 * @param needed how many stewards have to agree
 */
export function verdictOf(answers: readonly Answer[], needed: number): Verdict {
  const same = answers.filter((answer) => answer === 'same').length;
  const different = answers.filter((answer) => answer === 'different').length;
  const agreeing = Math.max(same, different);
  const differ = same > 0 && different > 0;
  if (same !== different && agreeing >= (differ ? Math.max(needed, 2) : needed))
    return { outcome: 'decided', answer: same > different ? 'same' : 'different' };
  return { outcome: differ ? 'differ' : 'waits' };
}
