import { randomUUID } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import type { Pool } from 'pg';
import { openTerms, sealTerms } from '#lib/audit';
import { AuditUnavailable } from '../errors.js';
import { SESSIONS, TERMS_KEY } from '../providers.js';
import type { Asker } from '../sign-in/reader.js';

const KEPT_FOR = 8 * 60 * 60_000;
const ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** Whose looks, or looks at whom: what must not stand in an address. */
export type KeptQuestion = { caseId: string } | { reader: string };

/** Questions kept for a working day, sealed, each for whoever asked. */
@Injectable()
export class KeptQuestions {
  constructor(
    @Inject(SESSIONS) private readonly pool: Pool,
    @Inject(TERMS_KEY) private readonly key: Buffer,
  ) {}

  /** @returns the opaque id to redirect to. Questions that are over are swept away on the way. */
  async keep({ reader }: Asker, question: KeptQuestion): Promise<string> {
    const [id, now] = [randomUUID(), Date.now()];
    const sealed = sealTerms(this.key, question, placeOf(id, reader.id));
    await this.reached({ name: 'keep-question', text: KEEP, values: [id, reader.id, sealed, now, now - KEPT_FOR] });
    return id;
  }

  /** The question kept under that id by that reader, or null (unknown, another's, or over). */
  async find({ reader }: Asker, id: string): Promise<KeptQuestion | null> {
    if (!ID.test(id)) return null;
    const [kept] = await this.reached({ name: 'kept-question', text: FIND, values: [id, reader.id, Date.now() - KEPT_FOR] });
    return kept === undefined ? null : (openTerms(this.key, kept.question, placeOf(id, reader.id)) as KeptQuestion);
  }

  private async reached(statement: { name: string; text: string; values: unknown[] }): Promise<{ question: Buffer }[]> {
    try {
      return (await this.pool.query<{ question: Buffer }>(statement)).rows;
    } catch (error) {
      throw new AuditUnavailable(error);
    }
  }
}

const placeOf = (id: string, reader: string) => `kept question ${id} of ${reader}`;

const KEEP = `
  WITH over AS (
    DELETE FROM session.kept_question WHERE id IN (
      SELECT id FROM session.kept_question WHERE kept_at < $5 LIMIT 100 FOR UPDATE SKIP LOCKED))
  INSERT INTO session.kept_question (id, reader, question, kept_at) VALUES ($1, $2, $3, $4)`;
const FIND = 'SELECT question FROM session.kept_question WHERE id = $1 AND reader = $2 AND kept_at > $3';
