import type { ComparedPair, StewardRules } from '#lib/matching';
import type { Links } from './component.js';
import type { KeptDetails } from './details.js';
import type { RecordState } from './record-state.js';

/** A pair of records that is, or may be, one person; the one with the lesser subject token first. */
export interface ScoredPair {
  one: string;
  other: string;
  pair: Pick<ComparedPair, 'weight' | 'zone' | 'caps'>;
}

/** What deciding needs of the state: in a transaction of the database, or in memory. */
export interface MatchStore {
  recordsOf(subjects: readonly string[]): Promise<RecordState[]>;
  /** The stored records that any of the links lead to. */
  linked(links: Links): Promise<RecordState[]>;
  writeRecords(records: readonly RecordState[]): Promise<void>;
  /** Keeps the details that are new, drops those of erased records, and notes which records are gone. */
  keepDetails(records: readonly RecordState[]): Promise<void>;
  /** Details of those of the records that are not gone. */
  detailsOf(subjects: readonly string[]): Promise<KeptDetails[]>;
  /** Details of all records that are not gone, wait for no comparing, and share one of the keys. */
  sharing(keys: readonly string[]): Promise<KeptDetails[]>;
  /** Drops every pair of these records. @returns the other records of those pairs */
  dropPairs(subjects: readonly string[]): Promise<string[]>;
  addPairs(pairs: readonly ScoredPair[]): Promise<void>;
  pairsAmong(subjects: readonly string[]): Promise<[string, string][]>;
  rulesAmong(subjects: readonly string[]): Promise<StewardRules>;
}
