import type { FoundMismatch } from '#lib/audit';
import { AUDIT_CHANGED, keepOutsideAlarm, type Queryable } from '#lib/read-model';

/** Keeps the alarm of operators open while something waits to be acknowledged. @param waiting the first bad index first @returns whether that is new */
export function keepChangedAlarm(client: Queryable, waiting: readonly FoundMismatch[]): Promise<boolean> {
  const [first] = waiting;
  const at = first?.index == null ? {} : { firstIndex: first.index };
  const details = first === undefined ? null : { ...at, kind: first.kind, found: waiting.length };
  return keepOutsideAlarm(client, AUDIT_CHANGED, details);
}

/** One mismatch for people: `7 (edit): not what was sealed: reader`. */
export const mismatchWords = ({ index, through, kind, says }: Pick<FoundMismatch, 'index' | 'through' | 'kind' | 'says'>): string =>
  `${index === null ? 'the whole log' : through === null || through === index ? index : `${index} to ${through}`} (${kind}): ${says}`;
