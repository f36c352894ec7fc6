import type { RuleBroken, TextFinding } from '#lib/events';

const RULES: Record<TextFinding['rule'], Omit<RuleBroken, 'rule'>> = {
  'key-once': { expected: 'every field at most once', fix: 'Leave one of the two out: which one is meant can not be known.' },
  'number-exact': {
    expected: 'a whole number from 0 to 9007199254740990, in digits alone',
    fix: 'Send a smaller number; no fraction, exponent or minus sign.',
  },
  'not-too-deep': { expected: 'values nested no deeper than the contract nests them', fix: 'Send the fields of the contract alone.' },
};

/** What a source team is told about something JSON.parse would have let pass. */
export const problemOfFinding = (rule: TextFinding['rule']): RuleBroken => ({ rule, ...RULES[rule] });
