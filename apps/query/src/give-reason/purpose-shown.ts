import { PURPOSES } from '../policy/purpose.js';
import type { PurposeForm, PurposeProblem } from './purpose-form.js';

const FIELD_IDS: Record<PurposeProblem['field'], string> = { why: 'why', words: 'words', reference: 'reference' };

/** What the fields of a form that asks why are rendered with. */
export function purposeShown(form: PurposeForm, problems: readonly PurposeProblem[]) {
  const again = (text: unknown) => (typeof text === 'string' ? text : '');
  return {
    purposes: Object.entries(PURPOSES).map(([value, text]) => ({ value, text })),
    typed: { why: again(form.why), words: again(form.words), reference: again(form.reference), noneYet: form.none !== undefined },
    wrong: Object.fromEntries(problems.map(({ field, message }) => [field, { text: message }])),
    errors: problems.map(({ field, message }) => ({ text: message, href: `#${FIELD_IDS[field]}` })),
  };
}
