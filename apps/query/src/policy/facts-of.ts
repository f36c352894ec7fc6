import type { Reader } from '../sign-in/reader.js';
import type { DataClass, Facts, Verdict } from './policy.js';

/** What somebody has found out for the policy to go by, besides who asks and for what. */
export type Known = Partial<Omit<Facts, 'role' | 'data'>>;

/** What is known when a reader asks; what nobody has found out counts against them. */
export function factsOf({ role }: Pick<Reader, 'role'>, data: DataClass, known: Known = {}): Facts {
  return { relationship: 'none', purpose: null, restriction: 'none', override: false, ...known, role, data };
}

/** Whether something may be shown or done on a verdict. */
export function lets({ outcome }: Verdict): boolean {
  return outcome === 'allow';
}
