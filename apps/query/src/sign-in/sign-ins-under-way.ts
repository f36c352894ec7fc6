import { randomBytes } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { DATABASE_CLOCK } from '#lib/identity';
import type { Pool } from 'pg';
import { SESSIONS } from '../providers.js';
import { SIGNING_IN_SECONDS } from './cookies.js';
import { hashed } from './sessions.js';

/** What is kept here while the browser is at the directory; of it, the browser carries the state alone. */
export interface SignInUnderWay {
  state: string;
  nonce: string;
  /** PKCE. */
  verifier: string;
  /** As `GoingTo` keeps it. */
  goingTo: string;
}

/** Sign-ins that have begun: each for the browser that began it, once, and for ten minutes. */
@Injectable()
export class SignInsUnderWay {
  constructor(@Inject(SESSIONS) private readonly pool: Pool) {}

  /** @param browser what its cookie holds, or null where it has none yet @returns what the cookie is to hold */
  async keep({ state, nonce, verifier, goingTo }: SignInUnderWay, browser: string | null, now?: number): Promise<string> {
    const held = browser ?? randomBytes(32).toString('base64url');
    await this.pool.query(KEEP, [hashed(state), hashed(held), nonce, verifier, goingTo, now ?? null]);
    return held;
  }

  /** Takes it away, so that nobody comes back twice. Null: never begun, not by this browser, over, or taken already. */
  async take(state: string, browser: string, now?: number): Promise<SignInUnderWay | null> {
    const { rows } = await this.pool.query<Omit<SignInUnderWay, 'state'>>(TAKE, [hashed(state), hashed(browser), now ?? null]);
    return rows[0] === undefined ? null : { state, ...rows[0] };
  }
}

const KEEP = `
  INSERT INTO session.sign_in (state_hash, browser_hash, nonce, verifier, going_to, begun_at)
  VALUES ($1, $2, $3, $4, $5, coalesce($6::bigint, ${DATABASE_CLOCK}))`;
const TAKE = `
  DELETE FROM session.sign_in WHERE state_hash = $1 AND browser_hash = $2
    AND begun_at > coalesce($3::bigint, ${DATABASE_CLOCK}) - ${SIGNING_IN_SECONDS * 1000}
  RETURNING nonce, verifier, going_to AS "goingTo"`;
