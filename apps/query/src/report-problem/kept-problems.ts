import { createHmac, randomUUID } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { openTerms, sealTerms } from '#lib/audit';
import type { ReadModelPool } from '#lib/read-model';
import { OPERATIONS, PROBLEMS_KEY } from '../providers.js';
import { rowsOfDecided } from '../rows-of-decided.js';
import type { Asker, Reader } from '../sign-in/reader.js';
import type { StoredInvolvement } from '../view-person/read-involvements.js';
import type { Value } from '../view-person/stated-values.js';
import { dueTimes } from './due-times.js';
import type { ProblemOutcome } from './problem-categories.js';
import type { ProblemReport } from './problem-form.js';

/** What a problem is with: a service's panel of a person, or a value of theirs. */
export type About = { service: string } | { value: Value };

/** The records that a problem concerns, and the sources that hold them: each is asked. Without any, the data analysts are asked alone. */
export interface Concerned {
  subjects: string[];
  sources: string[];
  /** Of the one source, its own id of the involvement that is meant; left out: it is the whole panel, or a value. */
  involvement?: string | undefined;
}

export const concerning = (records: readonly { subject: string; source: string }[]): Concerned => ({
  subjects: [...new Set(records.map(({ subject }) => subject))],
  sources: [...new Set(records.map(({ source }) => source))],
});

/** Sealed with a problem: the reader's words, their name where they agreed that it is given, and the value or the involvement it is with. */
export interface ReportedWords {
  words: string;
  value?: string;
  /** Its source's own id of it. */
  involvement?: string;
  /** Tells the same reader again; who it is can't be read from it. */
  by?: string;
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

  /** Asks every source, or the data analysts alone. @throws ReadModelUnavailable */
  async keep({ reader }: Asker, id: string, about: About, { category, words, named }: ProblemReport, of: Concerned): Promise<void> {
    const analystsAlone = of.sources.length === 0;
    const { first, second } = dueTimes(category, Date.now(), analystsAlone);
    const { service, value } = { service: null, value: null, ...about };
    const said: ReportedWords = {
      words,
      by: this.markOf(reader, id),
      ...(value && { value: value.words }),
      ...(of.involvement !== undefined && { involvement: of.involvement }),
      ...(named && { name: reader.name, team: reader.team }),
    };
    const sealed = sealTerms(this.key, { ...said }, placeOf(id));
    const sources = analystsAlone ? [null] : of.sources;
    const asks = sources.map(() => randomUUID());
    const due = [first / 1_000, second / 1_000];
    await rowsOfDecided(this.pool, KEEP, [id, service, category, sealed, of.subjects, asks, sources, ...due, value?.kind ?? null]);
  }

  /** What whoever was asked says of it; the newest answer counts. @throws ReadModelUnavailable */
  async answer({ reader }: Asker, ask: string, outcome: ProblemOutcome, words: string): Promise<void> {
    await rowsOfDecided(this.pool, 'INSERT INTO decided.problem_answer (ask, answered_by, outcome, sealed) VALUES ($1, $2, $3, $4)', [
      ask,
      reader.id,
      outcome,
      sealTerms(this.key, { words }, placeOf(ask)),
    ]);
  }

  /** Whether this reader has reported the problem; that of one reported before it was kept is not known. */
  isBy(reader: Reader, id: string, { by }: ReportedWords): boolean {
    return by === this.markOf(reader, id);
  }

  /** An involvement by a name that is no id of its source: that may be a number of somebody's case. */
  nameOf({ source, involvementId }: Pick<StoredInvolvement, 'source' | 'involvementId'>): string {
    return this.keyed('involvement', source, involvementId).slice(0, 22);
  }

  /** Another with every problem: two of one reader can't be told to be. */
  private markOf(reader: Reader, id: string): string {
    return this.keyed('reporter', id, reader.id);
  }

  private keyed(...of: string[]): string {
    return createHmac('sha256', this.key).update(JSON.stringify(of)).digest('base64url');
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
  WITH problem AS (INSERT INTO decided.problem (id, service, category, sealed, value) VALUES ($1, $2, $3, $4, $10)),
  record AS (INSERT INTO decided.problem_record (problem, subject) SELECT $1, unnest($5::uuid[]))
  INSERT INTO decided.problem_ask (id, problem, source, due_at, second_due_at)
  SELECT ask, $1, source, to_timestamp($8), to_timestamp($9) FROM unnest($6::uuid[], $7::text[]) AS asked (ask, source)`;
