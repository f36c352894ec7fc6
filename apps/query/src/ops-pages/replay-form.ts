import { isUuid } from '#lib/runtime';
import type { Authority } from '../authority.js';
import { londonInstant } from './london-instant.js';
import { type Problem, textIn, type Typed } from './typed.js';

/** What is to be applied again: everything, one source or one subject; from the beginning, an offset or an instant on. */
export interface ReplayArguments {
  source?: string;
  subject?: string;
  offset?: number;
  /** Milliseconds since 1970. */
  since?: number;
}

/** Reads the form. @param problems where what has to be corrected is noted */
export function replayIn(typed: Typed, authority: Authority, problems: Problem[]): ReplayArguments {
  return { ...whatIn(typed, authority, problems), ...fromIn(typed, problems) };
}

function whatIn(typed: Typed, { sources }: Authority, problems: Problem[]): ReplayArguments {
  const wrong = (field: string, message: string) => (problems.push({ field, message }), {});
  const what = textIn(typed, 'what');
  if (what === 'everything') return {};
  if (what === 'source') {
    const source = sources.find(({ id }) => id === textIn(typed, 'source'))?.id;
    return source ? { source } : wrong('source', 'Choose a source');
  }
  if (what !== 'subject') return wrong('what', 'Choose what to apply again');
  const subject = textIn(typed, 'subject').toLocaleLowerCase('en-GB');
  return isUuid(subject) ? { subject } : wrong('subject', 'Enter a subject token, such as 0b7f9c1e-0d4a-4b43-9d3f-5a1f2f3c4d5e');
}

function fromIn(typed: Typed, problems: Problem[]): ReplayArguments {
  const wrong = (field: string, message: string) => (problems.push({ field, message }), {});
  const from = textIn(typed, 'from');
  if (from === 'beginning') return {};
  if (from === 'offset') {
    const offset = textIn(typed, 'offset');
    return /^\d{1,15}$/.test(offset) ? { offset: Number(offset) } : wrong('offset', 'Enter an offset, a whole number of 0 or more');
  }
  if (from !== 'time') return wrong('from', 'Choose from where on');
  const [day, month, year, hour, minute] = ['day', 'month', 'year', 'hour', 'minute'].map((field) => textIn(typed, field));
  const since = londonInstant(`${year}-${two(month!)}-${two(day!)}`, `${two(hour! || '0')}:${two(minute! || '0')}`);
  return since === null ? wrong('day', 'Enter a real date and time') : { since };
}

const two = (digits: string) => digits.padStart(2, '0');
