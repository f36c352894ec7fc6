import type { core } from 'zod';
import { nearestOf } from '#lib/events';

const KINDS: Record<string, string> = {
  string: 'text',
  int: 'a whole number',
  number: 'a number',
  boolean: 'true or false',
  array: 'a list',
  object: 'fields in braces',
  record: 'fields in braces',
};

/** What is wrong with something that was written by hand, for whoever wrote it; `undefined` where zod's own words have to do. Where a schema has words of its own, those count. */
export function plainIssue(issue: core.$ZodRawIssue): string | undefined {
  const missing = issue.input === undefined ? ', which is missing' : '';
  switch (issue.code) {
    case 'invalid_type':
      return `${KINDS[issue.expected] ?? issue.expected}${missing || `, not ${kindOf(issue.input)}`}`;
    case 'invalid_value':
      return `one of ${issue.values.map(String).join(', ')}${missing || didYouMean(issue.input, issue.values.map(String))}`;
    case 'unrecognized_keys':
      return `there is no field ${issue.keys.map((key) => `"${key}"`).join(', ')}`;
    case 'too_small':
      if (issue.origin === 'string') return 'text that is not empty';
      return issue.origin === 'array' ? `${issue.minimum} of them at least` : `${issue.minimum} or more`;
    case 'too_big':
      if (issue.origin === 'string') return `${issue.maximum} characters at most`;
      return issue.origin === 'array' ? `${issue.maximum} of them at most` : `${issue.maximum} or less`;
    case 'invalid_format':
      return FORMATS[issue.format];
    case 'not_multiple_of':
    case 'invalid_union':
    case 'invalid_key':
    case 'invalid_element':
    case 'custom':
      return undefined;
  }
}

const FORMATS: Record<string, string> = {
  email: 'an e-mail address',
  url: 'an address that begins with https:// or http://',
  guid: 'an id',
};

function kindOf(value: unknown): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return KINDS.array!;
  return KINDS[typeof value] ?? typeof value;
}

function didYouMean(value: unknown, codes: string[]): string {
  const near = nearestOf(value, codes);
  return near.length === 0 ? '' : ` (did you mean ${near.join(' or ')}?)`;
}
