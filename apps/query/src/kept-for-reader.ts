import { randomUUID } from 'node:crypto';
import { openTerms, sealTerms } from '#lib/audit';
import { isUuid } from '#lib/runtime';
import type { KeptBesideSessions } from './kept-beside-sessions.js';
import type { Asker } from './sign-in/reader.js';

/** Where something is kept, and for how many milliseconds. */
interface Place {
  what: 'search' | 'question';
  column: 'terms' | 'question';
  for: number;
}

/** What a reader typed, kept for a while, sealed, each for its own reader: it never stands in a URL. */
export abstract class KeptForReader<T extends Partial<Record<string, string>>> {
  private readonly statements: { keep: string; find: string };

  protected constructor(
    private readonly kept: KeptBesideSessions,
    private readonly key: Buffer,
    private readonly place: Place,
  ) {
    const { what, column } = place;
    this.statements = {
      keep: `
        WITH over AS (
          DELETE FROM session.kept_${what} WHERE id IN (
            SELECT id FROM session.kept_${what} WHERE kept_at < $5 LIMIT 100 FOR UPDATE SKIP LOCKED))
        INSERT INTO session.kept_${what} (id, reader, ${column}, kept_at) VALUES ($1, $2, $3, $4)`,
      find: `SELECT ${column} AS sealed FROM session.kept_${what} WHERE id = $1 AND reader = $2 AND kept_at > $3`,
    };
  }

  /** Keeps it and returns the opaque id to redirect to. What is over is swept away on the way. */
  async keep({ reader }: Asker, said: T): Promise<string> {
    const [id, now] = [randomUUID(), Date.now()];
    const sealed = sealTerms(this.key, said, this.placeOf(id, reader.id));
    const values = [id, reader.id, sealed, now, now - this.place.for];
    await this.kept.rows({ name: `keep-${this.place.what}`, text: this.statements.keep, values });
    return id;
  }

  /** What is kept under that id by that reader, or null (unknown, another's, or over). */
  async find({ reader }: Asker, id: string): Promise<T | null> {
    if (!isUuid(id)) return null;
    const values = [id, reader.id, Date.now() - this.place.for];
    const [row] = await this.kept.rows<{ sealed: Buffer }>({ name: `kept-${this.place.what}`, text: this.statements.find, values });
    return row === undefined ? null : (openTerms(this.key, row.sealed, this.placeOf(id, reader.id)) as T);
  }

  private readonly placeOf = (id: string, reader: string) => `kept ${this.place.what} ${id} of ${reader}`;
}
