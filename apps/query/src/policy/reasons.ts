import { Inject, Injectable } from '@nestjs/common';
import { openTerms, sealTerms } from '#lib/audit';
import { KeptBesideSessions } from '../kept-beside-sessions.js';
import { TERMS_KEY } from '../providers.js';
import type { Asker } from '../sign-in/reader.js';
import { LONGEST } from '../sign-in/sessions.js';
import type { Purpose, PurposeCode } from './purpose.js';

/** Reasons that readers have given, sealed: each for one person and their family, until the session is over. A machine's hold for as long as the longest session. */
@Injectable()
export class Reasons {
  constructor(
    private readonly kept: KeptBesideSessions,
    @Inject(TERMS_KEY) private readonly key: Buffer,
  ) {}

  async keep({ holder }: Asker, person: string, purpose: Purpose): Promise<void> {
    const sealed = sealTerms(this.key, { ...purpose }, placeOf(holder, person));
    await this.kept.rows({ name: 'keep-reason', text: KEEP, values: [holder, person, sealed, Date.now()] });
  }

  /** The reason given for the first of these people, else the newest given for one of the others; null where there is none. */
  async given({ holder }: Asker, people: readonly string[]): Promise<Purpose | null> {
    const values = [holder, people, people[0], Date.now() - LONGEST];
    const [kept] = await this.kept.rows<{ person: string; sealed: Buffer }>({ name: 'reason-given', text: FIND, values });
    if (kept === undefined) return null;
    const { why, words = '', reference = '' } = openTerms(this.key, kept.sealed, placeOf(holder, kept.person));
    return { why: why as PurposeCode, words, reference };
  }
}

const placeOf = (holder: string, person: string) => `reason of ${holder} for ${person}`;

const KEEP = `
  INSERT INTO session.reason (holder, person, sealed, given_at) VALUES ($1, $2, $3, $4)
  ON CONFLICT (holder, person) DO UPDATE SET sealed = excluded.sealed, given_at = excluded.given_at`;
const FIND = `
  SELECT person, sealed FROM session.reason WHERE holder = $1 AND person = ANY ($2::uuid[]) AND given_at > $4
  ORDER BY person = $3 DESC, given_at DESC LIMIT 1`;
