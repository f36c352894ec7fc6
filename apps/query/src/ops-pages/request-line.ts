import type { OperatorRequest } from '#lib/read-model';
import type { Authority } from '../authority.js';
import { factsOf, requestWords, STATES } from './request-words.js';

/** A request in one row of a list. */
export function requestLine(request: OperatorRequest, authority: Authority) {
  const { id, askedBy, askedAt, state, reason } = request;
  const about = factsOf(request.arguments, authority).map(({ label, words }) => `${label.toLocaleLowerCase('en-GB')} ${words}`);
  return { id, askedBy, askedAt, reason, state, what: requestWords(request), about: about.join(', '), stateWords: STATES[state] };
}
