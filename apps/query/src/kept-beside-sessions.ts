import { Inject, Injectable } from '@nestjs/common';
import type { Pool, QueryConfig, QueryResultRow } from 'pg';
import { SessionsUnavailable } from './errors.js';
import { SESSIONS } from './providers.js';

/** The database of the sessions, for what readers leave beside theirs: reasons, searches, links, feedback. */
@Injectable()
export class KeptBesideSessions {
  constructor(@Inject(SESSIONS) private readonly pool: Pool) {}

  /** @throws SessionsUnavailable (503) */
  async rows<T extends QueryResultRow>(statement: QueryConfig): Promise<T[]> {
    try {
      return (await this.pool.query<T>(statement)).rows;
    } catch (error) {
      throw new SessionsUnavailable(error);
    }
  }
}
