import type { Look } from '../audited-query.js';
import type { Way } from './way.js';

/** That a page about somebody was shown to be printed. */
export const printLooks = ({ print }: Way, person: string | null, page: 'person' | 'family' | 'contacts'): Look[] =>
  print ? [{ action: 'printed', person, found: true, shown: { page } }] : [];
