import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { KeptBesideSessions } from '../kept-beside-sessions.js';
import type { Reader } from '../sign-in/reader.js';
import type { Feedback } from './feedback-form.js';

/** Long enough to be read and answered. */
const KEPT_FOR = 365 * 86_400_000;

/** What readers say about the pages, outside every generation, for `ops feedback` to read. It is swept away after a year. */
@Injectable()
export class KeptFeedback {
  constructor(private readonly kept: KeptBesideSessions) {}

  /** @throws SessionsUnavailable where the database does not take it */
  async keep({ id, role }: Reader, { category, words }: Feedback, now = Date.now()): Promise<void> {
    await this.kept.rows({ text: KEEP, values: [randomUUID(), now, id, role, category, words, now - KEPT_FOR] });
  }
}

const KEEP = `
  WITH over AS (DELETE FROM kept.feedback WHERE given_at < $7)
  INSERT INTO kept.feedback (id, given_at, reader, role, category, words) VALUES ($1, $2, $3, $4, $5, $6)`;
