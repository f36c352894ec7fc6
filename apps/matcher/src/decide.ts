import type { PersonRetired, RecordAssigned } from '#lib/events';
import { keepIds } from './keep-ids.js';
import type { CurrentRecord, Member } from './people.js';

/** A record with what was last decided of it. */
export interface DecidedRecord extends CurrentRecord {
  person: string | null;
  reason: string | null;
}

/**
 * What changes for these records, as decisions numbered from `next` on: a record gets another person or another reason, a person without
 * records is retired to where most of them went. Nothing where all stays as it was.
 * @param records whole components, and all records of every person that any of them has. @param people those records as people, in canonical order
 */
export function decide(
  records: readonly DecidedRecord[],
  people: readonly (readonly Member[])[],
  next: number,
  modelVersion: string,
): (RecordAssigned | PersonRetired)[] {
  const before = new Map(records.flatMap(({ subject, person }) => (person === null ? [] : [[subject, person]])));
  const reasons = new Map(records.map(({ subject, reason }) => [subject, reason]));
  const ids = keepIds(
    people.map((members) => members.map(({ subject }) => subject)),
    before,
    next,
  );
  const decisions: (RecordAssigned | PersonRetired)[] = [];
  people.forEach((members, at) => {
    const person = ids[at]!;
    for (const { subject, reason } of members)
      if (before.get(subject) !== person || reasons.get(subject) !== reason)
        decisions.push({ type: 'RecordAssigned', decision: next + decisions.length, subject, person, reason, modelVersion });
  });
  const after = new Map(people.flatMap((members, at) => members.map(({ subject }) => [subject, ids[at]!])));
  for (const { person, into } of retired(before, after))
    decisions.push({ type: 'PersonRetired', decision: next + decisions.length, person, into });
  return decisions;
}

function retired(before: ReadonlyMap<string, string>, after: ReadonlyMap<string, string>): { person: string; into: string }[] {
  const alive = new Set(after.values());
  const leaving = [...before].filter(([, person]) => !alive.has(person));
  return [...Map.groupBy(leaving, ([, person]) => person)]
    .map(([person, records]) => ({ person, into: mostOf(records.map(([subject]) => after.get(subject)!)) }))
    .sort((a, b) => (a.person < b.person ? -1 : 1));
}

/** The commonest of these ids, on a tie the first in canonical order. */
function mostOf(ids: readonly string[]): string {
  const counted = [...Map.groupBy(ids, (id) => id)].map(([id, { length }]) => ({ id, length }));
  return counted.sort((a, b) => b.length - a.length || (a.id < b.id ? -1 : 1))[0]!.id;
}
