import type { StoredInvolvement } from '../view-person/read-involvements.js';
import type { StoredRecord } from '../view-person/stored-record.js';

/** What was to be reported is no source's to answer: which records are of one person is decided by data stewards. */
export interface ForStewards {
  forStewards: true;
  /** The record that the panel is of; null where it is of several, or that can't be told. */
  record: string | null;
}

export const isForStewards = (result: object): result is ForStewards => 'forStewards' in result;

/** @param records of the person, as far as they are shown */
export function forStewards(
  involvements: readonly Pick<StoredInvolvement, 'subject' | 'source'>[],
  records: readonly Pick<StoredRecord, 'subject' | 'source'>[],
): ForStewards {
  const [one, ...others] = new Map(involvements.map((involvement) => [involvement.subject, involvement])).values();
  if (one === undefined || others.length > 0) return { forStewards: true, record: null };
  const itself = records.find(({ subject }) => subject === one.subject);
  // The facts of a record that was replaced belong to another of its source.
  const ofSource = records.filter(({ source }) => source === one.source);
  return { forStewards: true, record: itself?.subject ?? (ofSource.length === 1 ? ofSource[0]!.subject : null) };
}
