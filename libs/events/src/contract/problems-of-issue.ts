/** zod's issues as problems that a source team can act on. No text here ever quotes a value that was sent. */
import type { core } from 'zod';
import type { RuleBroken } from '../fields.js';
import type { Problem } from '../publish-answer.js';
import { FIELD_NAMES } from './field-names.js';
import { FORMATS } from './formats.js';
import { nearestOf } from './nearest.js';
import { pointerTo, valueAt } from './pointer.js';

/** The problems in one issue: one, or one per unknown field. @param event what was sent. */
export function problemsOfIssue(issue: core.$ZodIssue, event: unknown): Problem[] {
  if (issue.code === 'unrecognized_keys') return issue.keys.map((key) => unknownField(issue.path, key));
  return [{ pointer: pointerTo(issue.path), ...ruleBroken(issue, valueAt(event, issue.path)) }];
}

function ruleBroken(issue: core.$ZodIssue, value: unknown): RuleBroken {
  switch (issue.code) {
    case 'invalid_type':
      return wrongType(issue.expected, value);
    case 'invalid_value':
      return notACode(issue.values.map(String), value);
    case 'invalid_union':
      return notACode('options' in issue ? (issue.options as string[]) : [], value);
    case 'invalid_format':
      return FORMATS[issue.format] ?? FORMATS[issue.pattern ?? ''] ?? CONTRACT;
    case 'too_big':
      return tooBig(issue.origin, Number(issue.maximum));
    case 'too_small':
      return tooSmall(issue.origin, Number(issue.minimum));
    case 'custom':
      return issue.params as unknown as RuleBroken;
    case 'unrecognized_keys':
    case 'not_multiple_of':
    case 'invalid_key':
    case 'invalid_element':
      return CONTRACT;
  }
}

const CONTRACT = { rule: 'contract', expected: 'what the contract says', fix: 'See the documentation of this event.' };

const NAMES: Record<string, string> = {
  string: 'text',
  int: 'a whole number',
  number: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'an object',
};

function wrongType(expected: string, value: unknown): RuleBroken {
  const name = NAMES[expected] ?? expected;
  if (value === undefined) return { rule: 'required', expected: name, fix: 'Send this field; it may not be left out.' };
  const fix = value === null ? `Send ${name}, or leave the field out if it is optional.` : `Send ${name}.`;
  return { rule: 'right-type', expected: name, fix };
}

function notACode(codes: string[], value: unknown): RuleBroken {
  const list = codes.join(', ');
  if (value === undefined) return { rule: 'required', expected: `one of ${list}`, fix: 'Send one of these codes.' };
  const [nearest, ...others] = nearestOf(value, codes);
  const fix = nearest ? `Did you mean ${[nearest, ...others].join(' or ')}?` : 'Map the value to one of these codes.';
  return { rule: 'known-code', expected: codes.length === 1 ? list : `one of ${list}`, fix };
}

function tooBig(origin: string, most: number): RuleBroken {
  if (origin === 'string') return { rule: 'not-too-long', expected: `${most} characters at most`, fix: 'Shorten it at the source.' };
  if (origin === 'array') return { rule: 'not-too-many', expected: `${most} items at most`, fix: 'Send fewer items.' };
  return { rule: 'number-in-range', expected: `a whole number up to ${most}`, fix: 'Send a smaller number.' };
}

function tooSmall(origin: string, least: number): RuleBroken {
  if (origin === 'array')
    return { rule: 'not-too-few', expected: `${least} item${least === 1 ? '' : 's'} at least`, fix: 'Send more items.' };
  return { rule: 'number-in-range', expected: `a whole number from ${least}`, fix: 'Send a larger number.' };
}

/** A field's own name is repeated only where it looks like one: people's names have been seen as keys. */
function unknownField(path: readonly PropertyKey[], key: string): Problem {
  const nearest = nearestOf(key, FIELD_NAMES);
  return {
    pointer: pointerTo(/^[A-Za-z][A-Za-z0-9_]{0,40}$/.test(key) || key === '__proto__' ? [...path, key] : path),
    rule: 'known-field',
    expected: 'the fields of the contract alone',
    fix: nearest.length > 0 ? `Did you mean ${nearest.join(' or ')}?` : 'Leave the field out.',
  };
}
