import { Inject, Injectable } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { type AuditEntry, AuditLog, type AuditOutcome } from '#lib/audit';
import type { ReadModelPool } from '#lib/read-model';
import { AskMeasures } from './ask-measures.js';
import type { AuditedQuery, Look } from './audited-query.js';
import type { Authority } from './authority.js';
import { AuditUnavailable, KnowsPerson, NoAnswer, NotAllowed, ReadModelUnavailable, ReasonNeeded } from './errors.js';
import { meansUnavailable } from './means-unavailable.js';
import { AUTHORITY, READS } from './providers.js';
import { factsOf, type Known, lets } from './policy/facts-of.js';
import { decide, goesByCase, type Verdict } from './policy/policy.js';
import { type Purpose, purposeOnRecord } from './policy/purpose.js';
import { Reasons } from './policy/reasons.js';
import { Rights } from './policy/rights.js';
import { KeptFreshness } from './read-freshness.js';
import type { Asker } from './sign-in/reader.js';
import { inSnapshot, type Snapshot } from './snapshot.js';
import type { SourceFreshness } from './source-freshness.js';
import { hasMoved, type MovedPerson } from './view-person/moved-person.js';

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
    private readonly rights: Rights,
    private readonly reasons: Reasons,
    private readonly freshness: KeptFreshness,
  ) {}

  /** Throws `NotAllowed`, `ReasonNeeded`, `KnowsPerson` (403), `AuditUnavailable` or `ReadModelUnavailable` (503). A result of null means nothing of that id may be seen (404). */
  async ask<Result>(asker: Asker, query: AuditedQuery<Result>, known: Known = {}): Promise<Answer<Result>> {
    const since = performance.now();
    const measured = (outcome: 'answered' | 'denied' | 'failed') => this.measures.asked(query.constructor.name, outcome, since);
    try {
      const answer = await this.answered(asker, query, known);
      measured('answered');
      return answer;
    } catch (error) {
      measured(error instanceof NoAnswer && error.status === 403 ? 'denied' : 'failed');
      throw error;
    }
  }

  private async answered<Result>(asker: Asker, query: AuditedQuery<Result>, known: Known): Promise<Answer<Result>> {
    const { reader } = asker;
    const atFirst = decide(factsOf(reader, query.data, known));
    // Whoever it is about, a role without any right to it is told so, and nothing is read.
    const person = whomAbout(query);
    if (person === undefined ? !lets(atFirst) : atFirst.outcome === 'deny') throw await this.refused(asker, query, atFirst);
    const { result, snapshot, found } = await this.read(asker, query);
    const facts = factsOf(reader, query.data, { ...known, ...found });
    const verdict = decide(facts);
    const nobody = person === null && result === null;
    if (!nobody && !lets(verdict)) throw await this.refused(asker, query, verdict);
    const purpose = BY_REASON.includes(verdict.code) ? facts.purpose : null;
    // The snapshot is closed by now, and the two pools are apart: else as many readers as connections would wait for each other.
    const looks = query.looks(result);
    const seen = seenIn(snapshot, looks);
    const why = verdict.code === 'overridden' ? { overridden: true } : {};
    await this.record(looks.map((look, at) => ({ ...entryOf(asker, look, outcomeOf(look), snapshot.now, purpose, why), ...seen[at] })));
    // Whom of several the reader means is not said yet: for that one a reason is given anew.
    if (purpose !== null && isMoved(result) && !result.split) await this.reasons.keep(asker, result.movedTo, purpose);
    return {
      result,
      generation: snapshot.generation.id,
      askedAt: snapshot.now,
      sources: snapshot.sources,
      requestId: asker.requestId,
    };
  }

  /** On record first. What was read meanwhile is dropped here. */
  private async refused(asker: Asker, query: AuditedQuery<unknown>, { code }: Verdict): Promise<NoAnswer> {
    await this.record(query.looks(null).map((look) => entryOf(asker, look, 'denied', Date.now(), null, { why: code })));
    const person = whomAbout(query);
    if (code === 'reason-needed' && person) return new ReasonNeeded(person);
    return code === 'knows-this-person' ? new KnowsPerson() : new NotAllowed(code, query.data);
  }

  /** How the reader stands to whom it is about is asked in the same snapshot and along with the answer: nobody waits for it. */
  private async read<Result>(asker: Asker, query: AuditedQuery<Result>): Promise<{ result: Result; snapshot: Snapshot; found: Known }> {
    const person = whomAbout(query);
    try {
      const { authority, freshness } = this;
      const { read, snapshot } = await inSnapshot(this.reads, { authority, freshness, reader: asker.reader }, query, (snapshot) =>
        Promise.all([person ? this.rights.of(person, asker, query.data, snapshot) : {}, this.bus.execute(query)]),
      );
      return { found: read[0], result: read[1], snapshot };
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

const outcomeOf = ({ found, refused }: Look): AuditOutcome => (refused !== undefined ? 'refused' : found ? 'done' : 'nothing-found');

/** Whom the policy is to be asked about; nobody, where the data does not go by case. */
const whomAbout = ({ data, person }: AuditedQuery<unknown>): string | null | undefined => (goesByCase(data) ? person : undefined);

/** Verdicts that a reason has made. */
const BY_REASON: readonly Verdict['code'][] = ['reason-given', 'overridden'];

const isMoved = (result: unknown): result is MovedPerson => typeof result === 'object' && result !== null && hasMoved(result);

function entryOf(
  { reader, requestId }: Asker,
  { action, person, shown: of, terms, refused, ...look }: Look,
  outcome: AuditOutcome,
  at: number,
  byReason: Purpose | null,
  why: Record<string, unknown>,
): AuditEntry {
  const purpose = look.purpose ?? byReason;
  const shown = refused === undefined ? of : { ...of, refused };
  const { terms: words, ...said } = purpose === null ? { terms: undefined } : purposeOnRecord(purpose);
  return {
    at,
    action,
    outcome,
    requestId,
    reader: reader.id,
    role: reader.role,
    team: reader.team,
    person,
    ...said,
    shown: shown || Object.keys(why).length > 0 ? { ...shown, ...why } : undefined,
    terms: terms || words ? { ...terms, ...words } : undefined,
  };
}

function seenIn({ generation, sources, subjectsOf }: Snapshot, looks: readonly Look[]): Partial<AuditEntry>[] {
  // Of one that speaks for several services its own, which comes first, is kept.
  const freshness = Object.fromEntries(sources.toReversed().map(({ source, completeTo, late }) => [source, { completeTo, late }]));
  return looks.map(({ person, found, named, subjects }) => {
    const ofPerson = (person !== null && subjectsOf.get(person)) || [];
    return { generation: generation.id, subjects: found || named ? (subjects ?? ofPerson) : [], freshness };
  });
}
