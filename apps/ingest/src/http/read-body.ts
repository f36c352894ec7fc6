import { findingsInJson, type TextFinding, TooManyValuesError } from '#lib/events';
import { problemOfFinding } from '../check/problem-of-finding.js';
import type { SentEvent } from '../publish-events.command.js';
import { RequestProblem } from './request-problem.js';

export const MOST_EVENTS = 1_000;
export const MOST_BYTES = 5 * 1024 * 1024;

/**
 * Takes a request's bytes apart into events: one event, `{"events": […]}` or a bare array. Nothing is replaced or repaired.
 * @throws RequestProblem when it is not UTF-8, not JSON, or not 1 to 1,000 events.
 */
export function eventsInBody(bytes: Uint8Array): SentEvent[] {
  const text = textOf(bytes);
  const body = parsed(text);
  const findings = textFindings(text);
  const [events, place] = eventsOf(body);
  if (events.length === 0) throw new RequestProblem(400, 'no-events', 'There is no event in the request.', 'Send 1 to 1,000 events.');
  if (events.length > MOST_EVENTS)
    throw new RequestProblem(413, 'too-many-events', 'There are too many events in one request.', 'Send 1,000 events at most.');
  const sent: SentEvent[] = events.map((event) => ({ event, findings: [] }));
  for (const finding of findings) {
    const inside = place(finding.path);
    if (!inside) throw refusedWrapper(finding);
    sent[inside.index]!.findings.push({ ...finding, path: inside.path });
  }
  return sent;
}

function textOf(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new RequestProblem(400, 'not-utf-8', 'The body is not valid UTF-8.', 'Send the text as UTF-8; nothing was replaced or guessed.');
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // the parser's own message quotes the text
    throw new RequestProblem(400, 'not-json', 'The body is not JSON.', 'Send one event, an array of events, or {"events": […]}.');
  }
}

function textFindings(text: string): TextFinding[] {
  try {
    return findingsInJson(text);
  } catch (error) {
    if (!(error instanceof TooManyValuesError)) throw error;
    throw new RequestProblem(413, 'too-many-values', 'The body holds too many values.', 'Send fewer events at a time.');
  }
}

type Place = (path: TextFinding['path']) => { index: number; path: TextFinding['path'] } | undefined;

/** The events, and where a path into the body leads: to which event, and on from there. */
function eventsOf(body: unknown): [unknown[], Place] {
  if (Array.isArray(body)) return [body, ([index, ...path]) => (typeof index === 'number' ? { index, path } : undefined)];
  if (typeof body === 'object' && body !== null && Object.hasOwn(body, 'events') && !Object.hasOwn(body, 'type')) {
    const { events, ...others } = body as { events: unknown };
    if (Array.isArray(events) && Object.keys(others).length === 0) {
      return [events, ([first, index, ...path]) => (first === 'events' && typeof index === 'number' ? { index, path } : undefined)];
    }
    throw new RequestProblem(400, 'not-events', 'Beside "events" there may be nothing, and it must be an array.', 'Send {"events": […]}.');
  }
  return [[body], (path) => ({ index: 0, path })];
}

function refusedWrapper(finding: TextFinding): RequestProblem {
  const problem = { pointer: '', ...problemOfFinding(finding.rule) };
  return new RequestProblem(400, 'not-events', 'The body around the events breaks a rule.', problem.fix, { problems: [problem] });
}
