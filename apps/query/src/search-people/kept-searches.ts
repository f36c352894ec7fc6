import { Inject, Injectable } from '@nestjs/common';
import { KeptBesideSessions } from '../kept-beside-sessions.js';
import { KeptForReader } from '../kept-for-reader.js';
import { TERMS_KEY } from '../providers.js';
import type { SearchTerms } from './search-terms.js';

/** Searches, for an hour. */
@Injectable()
export class KeptSearches extends KeptForReader<SearchTerms> {
  constructor(kept: KeptBesideSessions, @Inject(TERMS_KEY) key: Buffer) {
    super(kept, key, { what: 'search', column: 'terms', for: 60 * 60_000 });
  }
}
