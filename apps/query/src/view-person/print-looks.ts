import type { Look } from '../audited-query.js';
import type { Way } from './way.js';

/** Pages about one person. */
export const PAPERS = ['person', 'family', 'contacts', 'addresses', 'why', 'doubt', 'same', 'problem'] as const;
export type Paper = (typeof PAPERS)[number];

/** That a page about somebody was shown to be printed. */
export const printLooks = ({ print }: Way, person: string | null, page: Paper): Look[] =>
  print ? [{ action: 'printed', person, found: true, shown: { page } }] : [];
