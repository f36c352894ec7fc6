import type { AuditRow, Together } from '#lib/audit';
import { instantWords } from '../day-words.js';
import { becauseWords } from './code-words.js';
import { roleWords } from './entry-shown.js';
import type { Assigned, Owners } from './find-owners.query.js';

/** Who decided that two people who were shown as one are two, and when. */
export interface ApartBy {
  words: string;
  /** The entry that has it, for officers; null: it is none of this log's. */
  entry: string | null;
}

/** Who said of a record of each that they are two people, newest first. None: no steward of this log. */
export function saidApart(decided: readonly AuditRow[], { one, other }: Together): AuditRow[] {
  const between = ({ shown }: AuditRow) => {
    const [first, second] = [shown?.one, shown?.other] as [string, string];
    return (one.includes(first) && other.includes(second)) || (one.includes(second) && other.includes(first));
  };
  const said = decided.filter((row) => row.shown?.answer === 'different' && between(row));
  // The decision is on record for each of the two people.
  return [...new Map(said.map((row) => [row.requestId, row])).values()];
}

/** By hand, where a ruling stands; else what put the records where they are. @param theirs the records of the other whom it is about */
export function apartBy(
  { assigned, keptApart }: Owners,
  decided: readonly AuditRow[],
  { person, one, theirs }: { person: string; one: readonly string[]; theirs: readonly string[] },
): ApartBy[] {
  const ruling = keptApart.find((apart) => apart.person === person);
  if (ruling === undefined) return [{ words: assignedWords(newestOf(assigned, [...one, ...theirs])), entry: null }];
  const acts = saidApart(decided, { one: [...one], other: [...theirs, ...ruling.subjects] });
  if (acts.length > 0) return acts.map((row) => ({ words: actWords(row), entry: row.id }));
  return [
    { words: `By hand, by decision ${ruling.decision} of the identity log. No steward’s decision in this log says by whom`, entry: null },
  ];
}

function actWords(row: AuditRow): string {
  const because = becauseWords(row);
  const who = [row.role === null ? null : roleWords(row.role), row.reader ?? 'taken out'].filter((part) => part !== null).join(' ');
  return `${who} on ${instantWords(row.at)}${because === null ? '' : `: ${because}`}`;
}

const newestOf = (assigned: ReadonlyMap<string, Assigned>, subjects: readonly string[]): Assigned | null =>
  subjects.reduce<Assigned | null>((newest, subject) => {
    const one = assigned.get(subject);
    return one !== undefined && (newest === null || one.at > newest.at) ? one : newest;
  }, null);

/** What put a record with its person, by the reason of its assignment. */
const REASONS: Record<string, { who: string; did: string }> = {
  matched: { who: 'The matcher', did: 'matched a record of theirs by its details' },
  'record-of-its-own': { who: 'The matcher', did: 'matched a record of theirs with no other' },
  'too-many-alike': { who: 'The matcher', did: 'found too many records alike to go by their details' },
  'kept-together': { who: 'Stewards’ decisions on other records', did: 'a record of theirs was put together with others' },
  'replaced-by-its-source': { who: 'The source', did: 'replaced a record of theirs by another' },
};

function assignedWords(newest: Assigned | null): string {
  const known = newest && REASONS[newest.reason];
  return known
    ? `Nobody by hand. ${known.who} on ${instantWords(newest.at)}: ${known.did}`
    : 'Nobody by hand; what else did is not known here';
}
