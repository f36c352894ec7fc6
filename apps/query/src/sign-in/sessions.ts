import { hash, randomBytes } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import type { Pool } from 'pg';
import { SESSIONS } from '../providers.js';
import type { Reader } from './reader.js';

const MINUTE = 60_000;
/** Product: Access. */
export const IDLE = 15 * MINUTE;
export const LONGEST = 10 * 60 * MINUTE;
/** How exactly "last seen" is kept: a session in use is written to at most this often. */
const SEEN_WITHIN = MINUTE / 2;

/** Sessions on the server's side. The browser holds a random token; the table holds its hash, so that a copy of the table opens nothing. */
@Injectable()
export class Sessions {
  constructor(@Inject(SESSIONS) private readonly pool: Pool) {}

  /** Starts a session and returns its token. Sessions that are over are swept away on the way. */
  async start(reader: Reader, now = Date.now()): Promise<string> {
    const token = randomBytes(32).toString('base64url');
    await this.pool.query(START, [hashed(token), JSON.stringify(reader), now, now - IDLE]);
    return token;
  }

  /** The reader of a session that is neither idle nor over, or null. */
  async readerOf(token: string, now = Date.now()): Promise<Reader | null> {
    const { rows } = await this.pool.query<{ reader: Reader; seen: string }>({
      name: 'session',
      text: FIND,
      values: [hashed(token), now - IDLE, now - LONGEST],
    });
    const [session] = rows;
    if (session === undefined) return null;
    if (now - Number(session.seen) > SEEN_WITHIN) await this.pool.query({ name: 'seen', text: SEEN, values: [hashed(token), now] });
    return session.reader;
  }

  async end(token: string): Promise<void> {
    await this.pool.query('DELETE FROM session.session WHERE token_hash = $1', [hashed(token)]);
  }
}

const hashed = (token: string) => hash('sha256', token, 'buffer');

const START = `
  WITH over AS (
    DELETE FROM session.session WHERE token_hash IN (
      SELECT token_hash FROM session.session WHERE last_seen_at < $4 LIMIT 100 FOR UPDATE SKIP LOCKED))
  INSERT INTO session.session (token_hash, reader, started_at, last_seen_at) VALUES ($1, $2, $3, $3)`;
const FIND = 'SELECT reader, last_seen_at AS seen FROM session.session WHERE token_hash = $1 AND last_seen_at > $2 AND started_at > $3';
const SEEN = 'UPDATE session.session SET last_seen_at = $2 WHERE token_hash = $1';
