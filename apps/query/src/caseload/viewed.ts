import { Injectable } from '@nestjs/common';
import { KeptBesideSessions } from '../kept-beside-sessions.js';
import type { Asker } from '../sign-in/reader.js';

/** Whom a reader has viewed last, ten at most, by opaque ids. */
@Injectable()
export class Viewed {
  constructor(private readonly kept: KeptBesideSessions) {}

  async note({ reader }: Asker, person: string): Promise<void> {
    await this.kept.rows({ name: 'note-viewed', text: NOTE, values: [reader.id, person, Date.now()] });
  }

  async forget({ reader }: Asker, person: string): Promise<void> {
    await this.kept.rows({ name: 'forget-viewed', text: FORGET, values: [reader.id, person] });
  }

  /** The last one first. */
  async last({ reader }: Asker): Promise<string[]> {
    const rows = await this.kept.rows<{ person: string }>({ name: 'last-viewed', text: LAST, values: [reader.id] });
    return rows.map(({ person }) => person);
  }
}

const FORGET = 'DELETE FROM session.viewed WHERE reader = $1 AND person = $2';
const LAST = 'SELECT person FROM session.viewed WHERE reader = $1 ORDER BY at DESC LIMIT 10';
/** The one that is noted, and the nine before it, stay. Nobody waits for the disk: what a failing machine forgets of this nobody misses. */
const NOTE = `
  WITH at_ease AS MATERIALIZED (SELECT set_config('synchronous_commit', 'off', true)),
  older AS (
    DELETE FROM session.viewed WHERE reader = $1 AND person <> $2 AND person NOT IN (
      SELECT person FROM session.viewed WHERE reader = $1 AND person <> $2 ORDER BY at DESC LIMIT 9))
  INSERT INTO session.viewed (reader, person, at) SELECT $1, $2, $3 FROM at_ease
  ON CONFLICT (reader, person) DO UPDATE SET at = excluded.at`;
