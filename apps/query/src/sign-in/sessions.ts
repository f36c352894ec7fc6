import { hash, randomBytes } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { DATABASE_CLOCK } from '#lib/identity';
import type { Pool } from 'pg';
import { SESSIONS } from '../providers.js';
import { ReaderMarks } from './going-to.js';
import type { Reader } from './reader.js';

const MINUTE = 60_000;
/** Product: Access. */
export const IDLE = 15 * MINUTE;
export const LONGEST = 10 * 60 * MINUTE;
/** A token that was read somewhere on its way opens nothing after this long. */
const TOKEN_CHANGES_AFTER = 60 * MINUTE;
/** Requests under way may still carry the token before. */
const BOTH_TOKENS_FOR = MINUTE;
/** How exactly "last seen" is kept: a session in use is written to at most this often. */
const SEEN_WITHIN = MINUTE / 2;

type Found = Omit<Session, 'overriding'> & { person: string | null; why: Buffer | null };

export interface Session {
  id: string;
  reader: Reader;
  /** Milliseconds since 1970, as all its times by the clock of the database. */
  startedAt: number;
  seenAt: number;
  rotatedAt: number;
  /** When it was looked up. */
  foundAt: number;
  /** Opened by the newest token, not by the one before. */
  newest: boolean;
  /** The restricted person whose record is open in it, and why, sealed. */
  overriding: { person: string; why: Buffer } | null;
}

/** When a session ends if nothing more is done, in milliseconds since 1970, and whether doing something would prolong it. */
export function endOf({ startedAt, seenAt }: Pick<Session, 'startedAt' | 'seenAt'>): { at: number; canStay: boolean } {
  const [idle, longest] = [seenAt + IDLE, startedAt + LONGEST];
  return { at: Math.min(idle, longest), canStay: idle < longest };
}

/**
 * Sessions on the server's side. The browser holds a random token; the table holds its hash, so that a copy of the table opens nothing. Where no
 * time is given, it is that of the database.
 */
@Injectable()
export class Sessions {
  constructor(
    @Inject(SESSIONS) private readonly pool: Pool,
    private readonly marks: ReaderMarks,
  ) {}

  /** Starts a session and returns its token. */
  async start(reader: Reader, now?: number): Promise<string> {
    const token = this.newTokenOf(reader);
    await this.pool.query(START, [hashed(token), JSON.stringify(reader), now ?? null]);
    return token;
  }

  /** The session that a token opens, or null where it is idle, over or revoked. Looking is not using. */
  async find(token: string, now?: number): Promise<Session | null> {
    const { rows } = await this.pool.query<Found>({ name: 'session', text: FIND, values: [hashed(token), now ?? null] });
    if (rows[0] === undefined) return null;
    const { person, why, ...session } = rows[0];
    return { ...session, overriding: person === null || why === null ? null : { person, why } };
  }

  /** Notes that a session is in use. @returns another token for the browser, when it is time, or null */
  async use(session: Session, token: string, now = session.foundAt): Promise<string | null> {
    const { id, reader, seenAt, rotatedAt, newest } = session;
    const age = now - rotatedAt;
    // Opened by the token before, long after it changed: the answer that brought the new one was lost.
    if (age > TOKEN_CHANGES_AFTER || (!newest && age > BOTH_TOKENS_FOR)) {
      const next = this.newTokenOf(reader);
      const { rowCount } = await this.pool.query(ROTATE, [id, hashed(next), hashed(token), now, rotatedAt]);
      if (rowCount === 1) return next;
    } else if (now - seenAt > SEEN_WITHIN) {
      await this.pool.query({ name: 'seen', text: SEEN, values: [id, now, newest && age > BOTH_TOKENS_FOR] });
    }
    return null;
  }

  /** Opens a restricted record in a session: one at a time. */
  async override(id: string, person: string, why: Buffer): Promise<void> {
    await this.pool.query('UPDATE session.session SET overriding = $2, overriding_why = $3 WHERE id = $1', [id, person, why]);
  }

  /** The restricted record is left. */
  async endOverride({ id }: Pick<Session, 'id'>): Promise<void> {
    await this.pool.query('UPDATE session.session SET overriding = NULL, overriding_why = NULL WHERE id = $1', [id]);
  }

  /** @returns whose it was, or null where there was none */
  async end(token: string): Promise<Reader | null> {
    const { rows } = await this.pool.query<{ reader: Reader }>(END, [hashed(token)]);
    return rows[0]?.reader ?? null;
  }

  /** Sessions of one reader that are not over, the newest first. */
  async of(reader: string, now?: number): Promise<Pick<Session, 'id' | 'startedAt' | 'seenAt'>[]> {
    const { rows } = await this.pool.query<Session>(OF_READER, [reader, now ?? null]);
    return rows;
  }

  private newTokenOf(reader: Reader): string {
    return `${randomBytes(32).toString('base64url')}.${this.marks.of(reader)}`;
  }
}

export const hashed = (token: string): Buffer => hash('sha256', token, 'buffer');

/** Whether a reader, or everybody, was sent out after a session began. */
const REVOKED = `EXISTS (SELECT FROM session.revoked r WHERE r.who IN ('*', s.reader->>'id') AND r.revoked_at >= s.started_at)`;
const CLOCK = `CROSS JOIN (SELECT coalesce($2::bigint, ${DATABASE_CLOCK}) AS now) clock`;
const GOES_ON = `s.last_seen_at > clock.now - ${IDLE} AND s.started_at > clock.now - ${LONGEST} AND NOT ${REVOKED}`;
const TIMES = `s.started_at::float8 AS "startedAt", s.last_seen_at::float8 AS "seenAt"`;

const START = `
  INSERT INTO session.session (token_hash, reader, started_at, last_seen_at, rotated_at)
  SELECT $1::bytea, $2::jsonb, clock.now, clock.now, clock.now FROM (SELECT coalesce($3::bigint, ${DATABASE_CLOCK}) AS now) clock`;
const FIND = `
  SELECT s.id, s.reader, ${TIMES}, s.rotated_at::float8 AS "rotatedAt", clock.now::float8 AS "foundAt", s.token_hash = $1 AS newest,
         s.overriding AS person, s.overriding_why AS why
  FROM session.session s ${CLOCK} WHERE (s.token_hash = $1 OR s.previous_hash = $1) AND ${GOES_ON}`;
const SEEN = `
  UPDATE session.session SET last_seen_at = $2, previous_hash = CASE WHEN $3 THEN NULL ELSE previous_hash END WHERE id = $1`;
const ROTATE = `
  UPDATE session.session SET token_hash = $2, previous_hash = $3, last_seen_at = $4, rotated_at = $4 WHERE id = $1 AND rotated_at = $5`;
const END = 'DELETE FROM session.session WHERE token_hash = $1 OR previous_hash = $1 RETURNING reader';
const OF_READER = `SELECT s.id, ${TIMES} FROM session.session s ${CLOCK} WHERE s.reader->>'id' = $1 AND ${GOES_ON} ORDER BY s.started_at DESC`;

/** Statements of those who end sessions. */
export const OVER = `
  SELECT s.id, s.reader, ${TIMES}, ${REVOKED} AS revoked
  FROM session.session s WHERE s.last_seen_at <= $1 OR s.started_at <= $2 OR ${REVOKED}
  ORDER BY s.started_at LIMIT 100 FOR UPDATE SKIP LOCKED`;
