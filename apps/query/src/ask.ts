import { Injectable } from '@nestjs/common';
import type { AuditedQuery } from './audited-query.js';
import type { Asker } from './sign-in/reader.js';
import type { SourceFreshness } from './source-freshness.js';

/** A result with how fresh it is and which build of the read model it came from. */
export interface Answer<Result> {
  result: Result;
  generation: number;
  /** When it was asked; milliseconds since 1970. */
  askedAt: number;
  sources: SourceFreshness[];
  requestId: string;
}

/** The only door to personal data: right, snapshot, audit record, and only then the answer. */
@Injectable()
export class Ask {
  /** Throws `NotAllowed` (403), `AuditUnavailable` or `ReadModelUnavailable` (503). A result of null means nothing of that id may be seen (404). */
  ask<Result>(asker: Asker, query: AuditedQuery<Result>): Promise<Answer<Result>> {
    throw new Error(`not built yet: ${asker.requestId} ${query.constructor.name}`);
  }
}
