/** A form as it came: nothing is believed of it. */
export type Typed = Record<string, unknown> | undefined;

/** A field that has to be corrected. */
export interface Problem {
  field: string;
  message: string;
}

/** What stands in a field, without the spaces around it; nothing where it is not there or is no text. */
export function textIn(typed: Typed, field: string): string {
  const value = typed?.[field];
  return typeof value === 'string' ? value.trim() : '';
}

const LONGEST_REASON = 500;

/** Why: asked at every act. @param problems where a missing one is noted */
export function reasonIn(typed: Typed, problems: Problem[], field = 'reason'): string {
  const reason = textIn(typed, field);
  if (reason === '') problems.push({ field, message: 'Enter a reason' });
  if (reason.length > LONGEST_REASON) problems.push({ field, message: `Enter a reason of ${LONGEST_REASON} characters or fewer` });
  return reason;
}

/** A whole number of 1 or more; null: left empty. */
export function countIn(typed: Typed, field: string, problems: Problem[], message: string): number | null {
  const text = textIn(typed, field).replaceAll(',', '');
  if (text === '') return null;
  const count = Number(text);
  if (/^\d+$/.test(text) && count >= 1 && count <= 2_147_483_647) return count;
  problems.push({ field, message });
  return null;
}

/** What templates need to show problems: by field, and in the summary. */
export const shownProblems = (problems: readonly Problem[]) => ({
  wrong: Object.fromEntries(problems.map(({ field, message }) => [field, { text: message }])),
  errors: problems.map(({ field, message }) => ({ text: message, href: `#${field}` })),
});
