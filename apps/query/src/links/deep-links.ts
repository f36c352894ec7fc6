import { randomUUID } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { z } from 'zod';
import { openTerms, sealTerms } from '#lib/audit';
import type { Authority } from '../authority.js';
import { KeptBesideSessions } from '../kept-beside-sessions.js';
import { AUTHORITY, TERMS_KEY } from '../providers.js';
import { personIdIn } from '../view-person/person-id.js';

/** Long enough to sign in on the way. */
const OPENS_FOR = 10 * 60_000;
/** As long as a session at most: the way back outlasts the way in. */
const LEADS_BACK_FOR = 10 * 60 * 60_000;

/** Whom another system leads to, and where back to. */
export const LinkTarget = z
  .strictObject({
    caseId: z.string().min(1).max(200),
    back: z
      .url({ protocol: /^https?$/ })
      .max(2_000)
      .optional(),
  })
  .meta({ id: 'LinkTarget' });
export type LinkTarget = z.output<typeof LinkTarget>;

/** Links from the case management system: opaque, sealed, short-lived, for whoever is signed in. No case ID stands in an address. */
@Injectable()
export class DeepLinks {
  constructor(
    private readonly kept: KeptBesideSessions,
    @Inject(TERMS_KEY) private readonly key: Buffer,
    @Inject(AUTHORITY) private readonly authority: Authority,
  ) {}

  /** Keeps it and returns the opaque id. Where to go back to counts only at a system the settings name. */
  async keep({ caseId, back }: LinkTarget, now = Date.now()): Promise<{ id: string; opensUntil: number }> {
    const id = randomUUID();
    const sealed = sealTerms(this.key, { caseId, ...(back !== undefined && this.isKnown(back) && { back }) }, placeOf(id));
    await this.kept.rows({ name: 'keep-link', text: KEEP, values: [id, sealed, now, now - LEADS_BACK_FOR] });
    return { id, opensUntil: now + OPENS_FOR };
  }

  /** Where it leads, or null: unknown, or over. */
  async opened(id: string): Promise<LinkTarget | null> {
    return this.targetOf(id, OPENS_FOR);
  }

  /** Where the reader came from, or null where nobody said, or too long ago. */
  async backOf(id: string): Promise<string | null> {
    return (await this.targetOf(id, LEADS_BACK_FOR))?.back ?? null;
  }

  /** Whether an address is one of a system that may lead here. */
  isKnown(address: string | undefined): boolean {
    return address !== undefined && URL.canParse(address) && this.authority.linksFrom.includes(new URL(address).origin);
  }

  private async targetOf(id: string, lasts: number): Promise<LinkTarget | null> {
    if (personIdIn(id) === null) return null;
    const [kept] = await this.kept.rows<{ sealed: Buffer }>({ name: 'kept-link', text: FIND, values: [id, Date.now() - lasts] });
    return kept === undefined ? null : LinkTarget.parse(openTerms(this.key, kept.sealed, placeOf(id)));
  }
}

const placeOf = (id: string) => `link ${id}`;

const KEEP = `
  WITH over AS (
    DELETE FROM session.link WHERE id IN (SELECT id FROM session.link WHERE made_at < $4 LIMIT 100 FOR UPDATE SKIP LOCKED))
  INSERT INTO session.link (id, sealed, made_at) VALUES ($1, $2, $3)`;
const FIND = 'SELECT sealed FROM session.link WHERE id = $1 AND made_at > $2';
