import { randomUUID } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import type { ReadModelPool } from '#lib/read-model';
import { OPERATIONS } from './providers.js';
import { rowsOfDecided } from './rows-of-decided.js';
import type { Asker } from './sign-in/reader.js';

/** What readers decide by hand. It stands outside every generation and goes by records: whatever becomes of the person, it stays with them. */
@Injectable()
export class Decided {
  constructor(@Inject(OPERATIONS) private readonly pool: ReadModelPool) {}

  /** The reader knows the person whose records these are. @returns the declaration's id */
  async declareKnown({ reader }: Asker, subjects: readonly string[]): Promise<string> {
    const id = randomUUID();
    await rowsOfDecided(this.pool, 'INSERT INTO decided.declaration (declaration, reader, subject) SELECT $1, $2, unnest($3::uuid[])', [
      id,
      reader.id,
      subjects,
    ]);
    return id;
  }

  /** When this reader made that declaration, in milliseconds since 1970; of whom is not read. Null: it is not theirs, or is withdrawn. */
  async declaredAt({ reader }: Asker, declaration: string): Promise<number | null> {
    const [found] = await rowsOfDecided<{ at: number | null }>(
      this.pool,
      `SELECT (extract(epoch FROM min(declared_at)) * 1000)::float8 AS at FROM decided.declaration
       WHERE declaration = $1 AND reader = $2 AND withdrawn_at IS NULL`,
      [declaration, reader.id],
    );
    return found!.at;
  }

  /** Officers are to look: a restricted record is opened. @returns the alert's id */
  async alert({ reader, requestId }: Asker, person: string): Promise<string> {
    const id = randomUUID();
    await rowsOfDecided(
      this.pool,
      `INSERT INTO decided.alert (id, kind, reader, person, request_id) VALUES ($1, 'restriction-overridden', $2, $3, $4)`,
      [id, reader.id, person, requestId],
    );
    return id;
  }
}
