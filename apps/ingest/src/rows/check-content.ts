import { type Problem, type SourceEvent, type SourceEventInput, valueAt } from '#lib/events';
import { checkEvent } from '../check/check-event.js';
import type { Source } from '../sources/source.js';

export interface CheckedContent {
  sent: SourceEventInput;
  checked: SourceEvent;
}

/** What may not be left out of a fact in silence: without it the rest would say something else, or show what must stay hidden. */
const NEEDED =
  /^\/(type|names|recordId|\w+Id|service|relationship|reason|restriction|closedOn|endedOn|deceasedOn|retracted|addresses\/\d+\/confidential)$/;
export const isNeeded = (pointer: string): boolean => pointer === '' || NEEDED.test(pointer);

const MOST_LEFT_OUT = 30;

/**
 * Checks an event made of a row as the door does. A value that breaks a rule is left out and told, and with it the smallest group that
 * can't do without it; where the event itself can't, it is refused.
 */
export function checkContent(
  event: SourceEventInput,
  source: Source,
  now: number,
): { good?: CheckedContent; refused: Problem[]; leftOut: Problem[] } {
  let sent = event;
  const leftOut: Problem[] = [];
  const gone = new Set<string>();
  for (;;) {
    const { event: checked, problems } = checkEvent(sent, source, now);
    if (checked) return { good: { sent, checked }, refused: [], leftOut };
    const first = problems[0]!;
    const part = smallestPart(sent, first.pointer);
    if (part === undefined || leftOut.length >= MOST_LEFT_OUT) return { refused: problems, leftOut };
    if (leftOut.length === 0) sent = structuredClone(sent);
    remove(sent, part);
    // what is missing only because it was left out a moment ago is told already
    if (!gone.has(first.pointer)) leftOut.push(first);
    gone.add(first.pointer);
  }
}

/** The path of the smallest part of an event that can go for a problem at that pointer: what is missing takes its group with it. */
function smallestPart(event: object, pointer: string): string[] | undefined {
  if (isNeeded(pointer)) return undefined;
  const path = pointer.split('/').slice(1);
  while (path.length > 0 && valueAt(event, path) === undefined) path.pop();
  return path.length === 0 ? undefined : path;
}

function remove(event: object, path: readonly string[]): void {
  const parent = valueAt(event, path.slice(0, -1)) as Record<string, unknown> | unknown[];
  const last = path.at(-1)!;
  if (Array.isArray(parent)) parent.splice(Number(last), 1);
  else delete parent[last];
}
