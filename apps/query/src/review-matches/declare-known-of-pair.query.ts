import { type IQueryHandler, QueryHandler } from '@nestjs/cqrs';
import { AuditedQuery, type Look } from '../audited-query.js';
import { snapshotOf } from '../snapshot.js';
import { KeptOpinions } from './kept-opinions.js';
import type { Pair } from './pair.js';
import type { AtMatcher } from './pair-at-matcher.js';
import { readReviewed } from './read-reviewed.js';
import type { OwnedRecord } from './record-label.js';

/** Whom of two records' people a steward knows. */
export const KNOWN_ONES = { first: 'The person of the first record', second: 'The person of the second record', both: 'Both, or I can’t say which' } as const; // prettier-ignore
export type KnownOne = keyof typeof KNOWN_ONES;

/** Somebody whom a steward knows, with all records of theirs that are shown. */
interface KnownByPair {
  person: string;
  subjects: string[];
}

/** Which records are of whom a steward says to know of a pair that they were given? It is on record for each. Null: the reader may see no such pair. */
export class DeclareKnownOfPair extends AuditedQuery<KnownByPair[] | null> {
  readonly data = 'matching';
  readonly person = undefined;
  /** @param atMatcher asked before, so that no snapshot waits for the matcher's database */
  constructor(
    readonly reader: string,
    readonly pair: Pair,
    readonly atMatcher: AtMatcher,
    readonly known: KnownOne,
  ) {
    super();
  }

  looks(result: KnownByPair[] | null): Look[] {
    const action = 'declared-known';
    if (result === null) return [{ action, person: null, found: false }];
    return result.map((known) => ({ action, ...known, found: true, shown: { ...this.pair } }));
  }
}

@QueryHandler(DeclareKnownOfPair)
export class DeclareKnownOfPairHandler implements IQueryHandler<DeclareKnownOfPair> {
  constructor(private readonly kept: KeptOpinions) {}

  async execute(query: DeclareKnownOfPair): Promise<KnownByPair[] | null> {
    const { atMatcher } = query;
    const reviewed = await readReviewed(snapshotOf(query), { atMatcher, kept: this.kept }, query.reader, query.pair);
    if (reviewed === null) return null;
    const [first, second] = reviewed.sides;
    const sides: OwnedRecord[] = { first: [first], second: [second], both: [first, second] }[query.known];
    return [...Map.groupBy(sides, ({ person }) => person)].map(([{ person, subjects, removed }, own]) => ({
      person,
      subjects: [...new Set([...subjects, ...removed, ...own.map(({ record }) => record.subject)])],
    }));
  }
}
