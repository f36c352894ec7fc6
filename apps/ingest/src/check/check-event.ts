import { knownPart, pointerTo, type Problem, problemsOfIssue, SourceEvent, type TextFinding } from '#lib/events';
import type { Source } from '../sources/source.js';
import { problemOfFinding } from './problem-of-finding.js';
import { rulesBroken } from './rules.js';

/** An event that keeps every rule, and its place in the request. */
export interface CheckedEvent {
  index: number;
  event: SourceEvent;
}

type Result = { event: SourceEvent; problems?: never } | { event?: never; problems: Problem[] };

const MOST_PROBLEMS = 50;

/**
 * Checks one event as it was sent: the contract's shape, and the rules that hold across its fields.
 * @param now milliseconds since 1970.
 * @returns the event as it will stand in the log, or every problem at once (50 at most), one per pointer and rule.
 */
export function checkEvent(sent: unknown, source: Source, now: number, findings: readonly TextFinding[] = []): Result {
  const named = typeof sent === 'object' && sent !== null && !Array.isArray(sent) ? { ...sent, source: source.name } : sent;
  const parsed = SourceEvent.safeParse(named);
  const problems = [
    ...findings.map((finding) => ({ pointer: knownPart(pointerTo(finding.path)), ...problemOfFinding(finding.rule) })),
    ...(parsed.error?.issues ?? []).flatMap((issue) => problemsOfIssue(issue, named)),
    ...rulesBroken(sent, source, now),
  ];
  if (problems.length === 0 && parsed.success) return { event: parsed.data };
  return { problems: shortened(withoutRepeats(problems)) };
}

/** A wrong number or date is found by the text, by zod and by a rule: it is said once. */
function withoutRepeats(problems: Problem[]): Problem[] {
  const inexact = new Set(problems.filter(({ rule }) => rule === 'number-exact').map(({ pointer }) => pointer));
  const seen = new Set<string>();
  return problems.filter(({ pointer, rule }) => {
    const key = `${pointer} ${rule}`;
    if (seen.has(key) || (inexact.has(pointer) && rule !== 'number-exact')) return false;
    seen.add(key);
    return true;
  });
}

function shortened(problems: Problem[]): Problem[] {
  if (problems.length <= MOST_PROBLEMS) return problems;
  const more = {
    pointer: '',
    rule: 'not-too-many-problems',
    expected: `${MOST_PROBLEMS} problems at most`,
    fix: 'Correct the ones listed and send the event again: there are more.',
  };
  return [...problems.slice(0, MOST_PROBLEMS), more];
}
