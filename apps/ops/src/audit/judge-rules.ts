import { IDENTITY_RULES, type Unusual } from '#lib/audit';
import type { MadeUpUse, Misuse } from './made-up-use.js';

/** How well the rules did. */
export interface Judged {
  /** Misuses that were found, of those that the log alone can tell. */
  found: number;
  missed: Misuse[];
  findings: number;
  /** Findings about nothing that was a misuse. */
  falseAlarms: number;
}

const A_WEEK = 7 * 86_400_000;

/** Holds what the rules found against what is known to be there. */
export function judge(findings: readonly Unusual[], { misuses }: Pick<MadeUpUse, 'misuses'>): Judged {
  const asked = misuses.filter(({ rule }) => !(IDENTITY_RULES as readonly string[]).includes(rule));
  const missed = asked.filter((misuse) => !findings.some((finding) => isOf(finding, misuse)));
  const falseAlarms = findings.filter((finding) => !misuses.some((misuse) => touches(finding, misuse))).length;
  return { found: asked.length - missed.length, missed, findings: findings.length, falseAlarms };
}

const isOf = (finding: Unusual, { rule, reader, day, person }: Misuse): boolean =>
  finding.rule === rule && finding.reader === reader && finding.day === day && finding.person === person;

/** Another rule may find the same misuse in its own way, on the same day. */
function touches(finding: Unusual, misuse: Misuse): boolean {
  if (finding.reader !== misuse.reader) return false;
  if (isOf(finding, misuse) || finding.day === misuse.day) return true;
  const apart = Date.parse(misuse.day) - Date.parse(finding.day);
  return finding.rule === 'thinReasons' && misuse.rule === 'thinReasons' && apart >= 0 && apart < A_WEEK;
}
