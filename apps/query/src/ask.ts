import { Inject, Injectable } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { type AuditEntry, AuditLog, type AuditOutcome } from '#lib/audit';
import type { ReadModelPool } from '#lib/read-model';
import { AskMeasures } from './ask-measures.js';
import type { AuditedQuery, Look } from './audited-query.js';
import type { Authority } from './authority.js';
import { AuditUnavailable, NotAllowed, ReadModelUnavailable } from './errors.js';
import { meansUnavailable } from './means-unavailable.js';
import { AUTHORITY, READS } from './providers.js';
import { factsOf, type Known, lets } from './policy/facts-of.js';
import { decide } from './policy/policy.js';
import type { Asker } from './sign-in/reader.js';
import { inSnapshot, type Snapshot } from './snapshot.js';
import type { SourceFreshness } from './source-freshness.js';

/** A result with how fresh it is and which build of the read model it came from. */
export interface Answer<Result> {
  result: Result;
  generation: number;
  /** When it was asked; milliseconds since 1970. */
  askedAt: number;
  sources: SourceFreshness[];
  requestId: string;
}

/** The only door to personal data: policy, snapshot, audit record, and only then the answer. */
@Injectable()
export class Ask {
  constructor(
    private readonly bus: QueryBus,
    @Inject(READS) private readonly reads: ReadModelPool,
    @Inject(AUTHORITY) private readonly authority: Authority,
    private readonly audit: AuditLog,
    private readonly measures: AskMeasures,
  ) {}

  /** Throws `NotAllowed` (403), `AuditUnavailable` or `ReadModelUnavailable` (503). A result of null means nothing of that id may be seen (404). */
  async ask<Result>(asker: Asker, query: AuditedQuery<Result>, known: Known = {}): Promise<Answer<Result>> {
    const since = performance.now();
    const measured = (outcome: 'answered' | 'denied' | 'failed') => this.measures.asked(query.constructor.name, outcome, since);
    try {
      const answer = await this.answered(asker, query, known);
      measured('answered');
      return answer;
    } catch (error) {
      measured(error instanceof NotAllowed ? 'denied' : 'failed');
      throw error;
    }
  }

  private async answered<Result>(asker: Asker, query: AuditedQuery<Result>, known: Known): Promise<Answer<Result>> {
    const verdict = decide(factsOf(asker.reader, query.data, known));
    if (!lets(verdict)) {
      await this.record(query.looks(null).map((look) => entryOf(asker, look, 'denied', Date.now())));
      throw new NotAllowed(verdict.code, query.data);
    }
    const { result, snapshot } = await this.read(query);
    // The snapshot is closed by now, and the two pools are apart: else as many readers as connections would wait for each other.
    const looks = query.looks(result);
    const seen = seenIn(snapshot, looks);
    await this.record(looks.map((look, at) => ({ ...entryOf(asker, look, outcomeOf(look), snapshot.now), ...seen[at] })));
    return {
      result,
      generation: snapshot.generation.id,
      askedAt: snapshot.now,
      sources: snapshot.sources,
      requestId: asker.requestId,
    };
  }

  private async read<Result>(query: AuditedQuery<Result>): Promise<{ result: Result; snapshot: Snapshot }> {
    try {
      return await inSnapshot(this.reads, this.authority, query, () => this.bus.execute(query));
    } catch (error) {
      throw meansUnavailable(error) ? new ReadModelUnavailable(error) : error;
    }
  }

  private async record(entries: AuditEntry[]): Promise<void> {
    try {
      await this.audit.record(entries);
    } catch (error) {
      throw new AuditUnavailable(error);
    }
  }
}

const outcomeOf = ({ found }: Look): AuditOutcome => (found ? 'done' : 'nothing-found');

function entryOf({ reader, requestId }: Asker, look: Look, outcome: AuditOutcome, at: number): AuditEntry {
  const { action, person, shown, terms } = look;
  return { at, action, outcome, requestId, reader: reader.id, role: reader.role, team: reader.team, person, shown, terms };
}

function seenIn({ generation, sources, subjectsOf }: Snapshot, looks: readonly Look[]): Partial<AuditEntry>[] {
  const freshness = Object.fromEntries(sources.map(({ source, completeTo, late }) => [source, { completeTo, late }]));
  return looks.map(({ person, found }) => ({
    generation: generation.id,
    subjects: (found && person !== null && subjectsOf.get(person)) || [],
    freshness,
  }));
}
