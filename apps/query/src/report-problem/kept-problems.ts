import { randomUUID } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { openTerms, sealTerms } from '#lib/audit';
import type { ReadModelPool } from '#lib/read-model';
import { OPERATIONS, PROBLEMS_KEY } from '../providers.js';
import { rowsOfDecided } from '../rows-of-decided.js';
import type { Asker } from '../sign-in/reader.js';
import { dueTimes } from './due-times.js';
import type { ProblemOutcome } from './problem-categories.js';
import type { ProblemReport } from './problem-form.js';

/** What a problem is about: the records that a panel was made of, and the sources that hold them. */
export interface Concerned {
  subjects: string[];
  sources: string[];
}

/** Sealed with a problem: the reader's words, and their name where they agreed that it is given. */
export interface ReportedWords {
  words: string;
  name?: string;
  team?: string;
}

/** Problems and answers, outside every generation and by records: whatever becomes of the person, they stay. Who reported one is in the audit log alone. */
@Injectable()
export class KeptProblems {
  constructor(
    @Inject(OPERATIONS) private readonly pool: ReadModelPool,
    @Inject(PROBLEMS_KEY) private readonly key: Buffer,
  ) {}

  /** Asks every source. @throws ReadModelUnavailable */
  async keep({ reader }: Asker, id: string, service: string, { category, words, named }: ProblemReport, of: Concerned): Promise<void> {
    const { first, second } = dueTimes(category, Date.now());
    const said: ReportedWords = { words, ...(named && { name: reader.name, team: reader.team }) };
    const sealed = sealTerms(this.key, { ...said }, placeOf(id));
    const asks = of.sources.map(() => randomUUID());
    await rowsOfDecided(this.pool, KEEP, [id, service, category, sealed, of.subjects, asks, of.sources, first / 1_000, second / 1_000]);
  }

  /** What a source says of it; the newest answer counts. @throws ReadModelUnavailable */
  async answer({ reader }: Asker, ask: string, outcome: ProblemOutcome, words: string): Promise<void> {
    await rowsOfDecided(this.pool, 'INSERT INTO decided.problem_answer (ask, answered_by, outcome, sealed) VALUES ($1, $2, $3, $4)', [
      ask,
      reader.id,
      outcome,
      sealTerms(this.key, { words }, placeOf(ask)),
    ]);
  }

  /** What was sealed with a problem or an answer; null where the key is not the one any more. @param sealed base64 */
  opened(id: string, sealed: string): ReportedWords | null {
    try {
      return { words: '', ...openTerms(this.key, Buffer.from(sealed, 'base64'), placeOf(id)) };
    } catch {
      return null;
    }
  }
}

const placeOf = (id: string) => `words of ${id}`;

const KEEP = `
  WITH problem AS (INSERT INTO decided.problem (id, service, category, sealed) VALUES ($1, $2, $3, $4)),
  record AS (INSERT INTO decided.problem_record (problem, subject) SELECT $1, unnest($5::uuid[]))
  INSERT INTO decided.problem_ask (id, problem, source, due_at, second_due_at)
  SELECT ask, $1, source, to_timestamp($8), to_timestamp($9) FROM unnest($6::uuid[], $7::text[]) AS asked (ask, source)`;
