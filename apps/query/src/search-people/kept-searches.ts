import { randomUUID } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import type { Pool } from 'pg';
import { openTerms, sealTerms } from '#lib/audit';
import { AuditUnavailable } from '../errors.js';
import { SESSIONS, TERMS_KEY } from '../providers.js';
import type { Asker } from '../sign-in/reader.js';
import type { SearchTerms } from './search-terms.js';

const KEPT_FOR = 60 * 60_000;
const ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** Searches kept for an hour, sealed, each for its own reader: what was typed never stands in a URL. */
@Injectable()
export class KeptSearches {
  constructor(
    @Inject(SESSIONS) private readonly pool: Pool,
    @Inject(TERMS_KEY) private readonly key: Buffer,
  ) {}

  /** Keeps the terms and returns the opaque id to redirect to. Searches that are over are swept away on the way. */
  async keep({ reader }: Asker, terms: SearchTerms): Promise<string> {
    const [id, now] = [randomUUID(), Date.now()];
    const sealed = sealTerms(this.key, { ...terms }, placeOf(id, reader.id));
    await this.reached({ name: 'keep-search', text: KEEP, values: [id, reader.id, sealed, now, now - KEPT_FOR] });
    return id;
  }

  /** The terms kept under that id by that reader, or null (unknown, another's, or over). */
  async termsOf({ reader }: Asker, id: string): Promise<SearchTerms | null> {
    if (!ID.test(id)) return null;
    const [kept] = await this.reached({ name: 'kept-search', text: FIND, values: [id, reader.id, Date.now() - KEPT_FOR] });
    return kept === undefined ? null : openTerms(this.key, kept.terms, placeOf(id, reader.id));
  }

  private async reached(statement: { name: string; text: string; values: unknown[] }): Promise<{ terms: Buffer }[]> {
    try {
      return (await this.pool.query<{ terms: Buffer }>(statement)).rows;
    } catch (error) {
      throw new AuditUnavailable(error);
    }
  }
}

const placeOf = (id: string, reader: string) => `kept search ${id} of ${reader}`;

const KEEP = `
  WITH over AS (
    DELETE FROM session.kept_search WHERE id IN (
      SELECT id FROM session.kept_search WHERE kept_at < $5 LIMIT 100 FOR UPDATE SKIP LOCKED))
  INSERT INTO session.kept_search (id, reader, terms, kept_at) VALUES ($1, $2, $3, $4)`;
const FIND = 'SELECT terms FROM session.kept_search WHERE id = $1 AND reader = $2 AND kept_at > $3';
