import type { Random } from '../random.js';
import type { SourceEventInput } from '#lib/events';

/** How the people who fill one system write, and what it lets them. Shares are between 0 and 1. */
export interface Habits {
  /** The record's id as that system counts; `n` is unique within it. */
  recordId(n: number, chance: Random): string;
  /** Family names in capitals, as police systems like them. */
  capitals: boolean;
  /** Whether the system can store é, ł and ’. */
  keepsMarks: boolean;
  slips: number;
  shortNames: number;
  /** Written as heard: Clark for Clarke, Mohamed for Mohammed. */
  variants: number;
  /** Known there under another family name: the mother's, a former one, half of a double one. */
  otherFamilyNames: number;
  keepsFormerNames: boolean;
  missingBirthDate: number;
  /** What that system writes where nobody knew, and how often. */
  defaultBirthDate: { date: string; share: number } | null;
  birthYearOnly: number;
  wrongBirthDate: number;
  nhsNumber: number;
  otherIdentifiers: readonly Identifier['type'][];
  phone: number;
  /** Still has the address before the last. */
  oldAddress: number;
  /** Two records for one person. */
  twice: number;
}

type PersonRecordedInput = Extract<SourceEventInput, { type: 'PersonRecorded' }>;
export type Identifier = NonNullable<PersonRecordedInput['identifiers']>[number];
/** A person's details as a source writes them, without the head of the event. */
export type Details = Omit<PersonRecordedInput, 'type' | 'source' | 'recordId' | 'sourceVersion' | 'occurredAt'>;
