import type { World } from './world.js';

/** One state of a page: a test of all pages walks through each. */
export interface PageState {
  /** Of its picture. */
  name: string;
  /** Where; the route itself unless said. */
  at?(world: World): string;
  /** A form sent: the page is what comes back. */
  sent?: Record<string, string>;
  /** 200 unless said; 400 for a form that was sent. */
  status?: number;
}

/** Of routes that answer with a page, each in all its states. */
export type Pages = Record<string, PageState[]>;

/** The same pages after a form that has to be corrected. */
export const withAProblem = (pages: readonly PageState[]): PageState[] =>
  pages.map((page) => ({ ...page, name: `${page.name}-with-a-problem`, sent: {} }));
