import type { Reader } from '../sign-in/reader.js';
import type { DataClass, Facts, Verdict } from './policy.js';

/** What somebody has found out for the policy to go by, besides who asks and for what. */
export type Known = Partial<Omit<Facts, 'role' | 'data'>>;

/** What is known when a reader asks. Caseloads, reasons and restrictions are found out nowhere yet: whoever does hands them to `Ask` and `Gate`. */
export function factsOf({ role }: Pick<Reader, 'role'>, data: DataClass, known: Known = {}): Facts {
  return { relationship: 'none', purpose: null, restriction: 'none', override: false, ...known, role, data };
}

/** Whether something may be shown or done on a verdict. No page asks for reasons yet: until one does, what wants a reason is let through. */
export function lets({ outcome }: Verdict): boolean {
  return outcome !== 'deny';
}
