import { Inject, Injectable } from '@nestjs/common';
import { sealTerms } from '#lib/audit';
import type { ReadModelPool } from '#lib/read-model';
import { type KeptWords, openWords } from '../kept-words.js';
import { OPERATIONS, PROBLEMS_KEY } from '../providers.js';
import { rowsOfDecided } from '../rows-of-decided.js';
import type { Asker } from '../sign-in/reader.js';
import type { RaisedClaim } from './claim-form.js';

/** Readers' claims, outside every generation and by two records. Throws ReadModelUnavailable. */
@Injectable()
export class KeptClaims {
  constructor(
    @Inject(OPERATIONS) private readonly pool: ReadModelPool,
    @Inject(PROBLEMS_KEY) private readonly key: Buffer,
  ) {}

  /** One that the reader has raised before, and that is still open, is that one. @param records two subject tokens, in any order @returns its id */
  async raise({ reader, requestId }: Asker, id: string, records: readonly string[], { because, words }: RaisedClaim): Promise<string> {
    const sealed = words === '' ? null : sealTerms(this.key, { words }, placeOf(id));
    const pair = records.toSorted();
    await rowsOfDecided(this.pool, RAISE, [id, ...pair, reader.id, because, sealed, requestId]);
    const [open] = await rowsOfDecided<{ id: string }>(this.pool, OPEN, [...pair, reader.id]);
    return open?.id ?? id;
  }

  /** By whoever raised them, those that are open. */
  async withdraw({ reader }: Asker, ids: readonly string[]): Promise<void> {
    await rowsOfDecided(this.pool, WITHDRAW, [ids, reader.id]);
  }

  /** The reader's own words. @param sealed base64 */
  wordsOf(id: string, sealed: string | null): KeptWords {
    return openWords(this.key, sealed, placeOf(id));
  }
}

const placeOf = (id: string) => `words of claim ${id}`;

const RAISE = `
  INSERT INTO decided.claim (id, one, other, reader, reason, sealed, request_id) VALUES ($1, $2, $3, $4, $5, $6, $7)
  ON CONFLICT (one, other, reader) WHERE settled_at IS NULL DO NOTHING`;

const WITHDRAW = `
  UPDATE decided.claim SET settled_at = clock_timestamp(), settled_as = 'withdrawn', settled_by = $2
  WHERE id = ANY ($1::uuid[]) AND reader = $2 AND settled_at IS NULL`;

const OPEN = 'SELECT id FROM decided.claim WHERE one = $1 AND other = $2 AND reader = $3 AND settled_at IS NULL';
