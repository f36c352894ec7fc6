import { Inject, Injectable } from '@nestjs/common';
import { openTerms, sealTerms } from '#lib/audit';
import { SessionsUnavailable } from '../errors.js';
import { TERMS_KEY } from '../providers.js';
import type { Asker } from '../sign-in/reader.js';
import { Sessions } from '../sign-in/sessions.js';
import type { Purpose, PurposeCode } from './purpose.js';

/** The restricted record that a session has open past its restriction. It ends when the record is left (sign-in/signed-in.guard.ts). */
@Injectable()
export class Overrides {
  constructor(
    private readonly sessions: Sessions,
    @Inject(TERMS_KEY) private readonly key: Buffer,
  ) {}

  async begin({ holder }: Asker, person: string, purpose: Purpose): Promise<void> {
    try {
      await this.sessions.override(holder, person, sealTerms(this.key, { ...purpose }, placeOf(holder, person)));
    } catch (error) {
      throw new SessionsUnavailable(error);
    }
  }

  /** Why this person's record is open, or null where it is not. */
  purposeFor({ holder, overriding }: Asker, person: string): Purpose | null {
    if (overriding?.person !== person) return null;
    const { why, words = '', reference = '' } = openTerms(this.key, overriding.why, placeOf(holder, person));
    return { why: why as PurposeCode, words, reference };
  }
}

const placeOf = (holder: string, person: string) => `restricted record of ${person} open in ${holder}`;
