import { Inject, Injectable } from '@nestjs/common';
import { sealTerms } from '#lib/audit';
import type { ReadModelPool } from '#lib/read-model';
import { type KeptWords, openWords } from '../kept-words.js';
import { OPERATIONS, PROBLEMS_KEY } from '../providers.js';
import { rowsOfDecided } from '../rows-of-decided.js';
import type { Asker } from '../sign-in/reader.js';
import type { RaisedDoubt } from './doubt-form.js';

/** Readers' doubts, outside every generation and by records. Throws ReadModelUnavailable. */
@Injectable()
export class KeptDoubts {
  constructor(
    @Inject(OPERATIONS) private readonly pool: ReadModelPool,
    @Inject(PROBLEMS_KEY) private readonly key: Buffer,
  ) {}

  /** One that the reader has raised before, and that is still open, is that one. @param hides whether the record's facts are held back @returns its id */
  async raise(
    { reader, requestId }: Asker,
    id: string,
    person: string,
    { record, because, words }: RaisedDoubt,
    hides: boolean,
  ): Promise<string> {
    const sealed = words === '' ? null : sealTerms(this.key, { words }, placeOf(id));
    await rowsOfDecided(this.pool, RAISE, [id, record, person, reader.id, because, sealed, hides, requestId]);
    const [open] = await rowsOfDecided<{ id: string }>(this.pool, OPEN, [record, reader.id]);
    return open?.id ?? id;
  }

  /** By whoever raised it, while it is open. */
  async withdraw({ reader }: Asker, id: string): Promise<void> {
    await rowsOfDecided(this.pool, WITHDRAW, [id, reader.id]);
  }

  /** The reader's own words. @param sealed base64 */
  wordsOf(id: string, sealed: string | null): KeptWords {
    return openWords(this.key, sealed, placeOf(id));
  }
}

const placeOf = (id: string) => `words of doubt ${id}`;

const RAISE = `
  INSERT INTO decided.doubt (id, subject, person, reader, reason, sealed, hides, request_id) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
  ON CONFLICT (subject, reader) WHERE settled_at IS NULL DO NOTHING`;

const WITHDRAW = `
  UPDATE decided.doubt SET settled_at = clock_timestamp(), settled_as = 'withdrawn', settled_by = $2
  WHERE id = $1 AND reader = $2 AND settled_at IS NULL`;

const OPEN = 'SELECT id FROM decided.doubt WHERE subject = $1 AND reader = $2 AND settled_at IS NULL';
