import { Inject, Injectable } from '@nestjs/common';
import type { Pool } from 'pg';
import { openTerms, sealTerms } from '#lib/audit';
import { AuditUnavailable } from '../errors.js';
import { SESSIONS, TERMS_KEY } from '../providers.js';
import type { Asker } from '../sign-in/reader.js';
import { LONGEST } from '../sign-in/sessions.js';
import type { Purpose, PurposeCode } from './purpose.js';

/** Reasons that readers have given, sealed: each for one person and their family, until the session is over. A machine's hold for as long as the longest session. */
@Injectable()
export class Reasons {
  constructor(
    @Inject(SESSIONS) private readonly pool: Pool,
    @Inject(TERMS_KEY) private readonly key: Buffer,
  ) {}

  async keep({ holder }: Asker, person: string, purpose: Purpose): Promise<void> {
    const sealed = sealTerms(this.key, { ...purpose }, placeOf(holder, person));
    await this.reached({ name: 'keep-reason', text: KEEP, values: [holder, person, sealed, Date.now()] });
  }

  /** The reason given for the first of these people, else the newest given for one of the others; null where there is none. */
  async given({ holder }: Asker, people: readonly string[]): Promise<Purpose | null> {
    const values = [holder, people, people[0], Date.now() - LONGEST];
    const [kept] = await this.reached({ name: 'reason-given', text: FIND, values });
    if (kept === undefined) return null;
    const { why, words = '', reference = '' } = openTerms(this.key, kept.sealed, placeOf(holder, kept.person));
    return { why: why as PurposeCode, words, reference };
  }

  private async reached(statement: { name: string; text: string; values: unknown[] }): Promise<{ person: string; sealed: Buffer }[]> {
    try {
      return (await this.pool.query<{ person: string; sealed: Buffer }>(statement)).rows;
    } catch (error) {
      throw new AuditUnavailable(error);
    }
  }
}

const placeOf = (holder: string, person: string) => `reason of ${holder} for ${person}`;

const KEEP = `
  INSERT INTO session.reason (holder, person, sealed, given_at) VALUES ($1, $2, $3, $4)
  ON CONFLICT (holder, person) DO UPDATE SET sealed = excluded.sealed, given_at = excluded.given_at`;
const FIND = `
  SELECT person, sealed FROM session.reason WHERE holder = $1 AND person = ANY ($2::uuid[]) AND given_at > $4
  ORDER BY person = $3 DESC, given_at DESC LIMIT 1`;
