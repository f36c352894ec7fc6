import { Injectable } from '@nestjs/common';
import type { Asker } from '../sign-in/reader.js';
import type { SearchTerms } from './search-terms.js';

/** Searches kept for an hour, sealed, each for its own reader: what was typed never stands in a URL. */
@Injectable()
export class KeptSearches {
  /** Keeps the terms and returns the opaque id to redirect to. */
  keep(asker: Asker, terms: SearchTerms): Promise<string> {
    throw new Error(`not built yet: ${asker.requestId} ${Object.keys(terms).join()}`);
  }

  /** The terms kept under that id by that reader, or null (unknown, another's, or over). */
  termsOf(asker: Asker, id: string): Promise<SearchTerms | null> {
    throw new Error(`not built yet: ${asker.requestId} ${id}`);
  }
}
