import type { Pages } from '../layout/pages.js';
import type { Asker } from '../sign-in/reader.js';
import { renderOperations } from './render-operations.js';
import { type Problem, shownProblems, type Typed } from './typed.js';

/** What the page between a button and its act says. */
export interface Confirmation {
  section: 'parked' | 'generations' | 'replay' | 'requests';
  title: string;
  /** What will happen, and to how many. */
  about: string[];
  button: string;
  /** It can't be taken back. */
  dangerous?: boolean;
  /** Where the form goes, and what it carries unseen. */
  action: string;
  kept?: Record<string, string>;
  back: { text: string; href: string };
  /** A template of its own, with fields besides the reason. */
  template?: string;
  fields?: Record<string, unknown>;
}

/** Why the page is shown again. */
export interface Again {
  typed: Typed;
  problems: readonly Problem[];
  /** The engine's own words, and what to do about them. */
  refusal?: { words: string; todo: { text: string; href: string } };
}

export function renderConfirmation(pages: Pages, asker: Asker, confirmation: Confirmation, again?: Again): string {
  const { section, title, back, template = 'confirm.njk', fields, ...said } = confirmation;
  const problems = again?.problems ?? [];
  const problem = problems.length > 0 || again?.refusal !== undefined;
  return renderOperations(
    pages,
    asker,
    template,
    { section, title, back, problem },
    {
      kept: {},
      dangerous: false,
      ...said,
      ...fields,
      typed: again?.typed ?? {},
      refusal: again?.refusal ?? null,
      ...shownProblems(problems),
    },
  );
}
