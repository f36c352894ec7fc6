import type { ComparedPair } from '#lib/matching';
import { KIN } from './kin.js';
import { linkOf } from './match-all.js';
import { type Doubt, questionsAsked } from './questions-asked.js';
import type { TownRecord } from './town-records.js';

export interface TownFigures {
  people: number;
  records: number;
  /** Of the pairs of records shown as one person, those that are. */
  precision: number;
  /** Of the pairs of records of one person, those shown as one. */
  recall: number;
  /** And those besides whose people a steward is asked about. */
  recallWithReview: number;
  /** Pairs of people that a steward is asked about, for each hundred true people. */
  reviewsPer100: number;
  /** Questions that a steward answers until none is left, for each hundred true people: an answer may settle others. */
  questionsPer100: number;
  twinsJoined: number;
  /** Pairs of records shown as one person that are of two. */
  wrong: readonly [TownRecord, TownRecord][];
}

/** What came of a town, by the truth. `only` counts pairs that have a record of such a person on the left, and reviews likewise. */
export function townFigures(
  records: readonly TownRecord[],
  people: readonly (readonly string[])[],
  links: ReadonlyMap<string, ComparedPair>,
  only: (known: TownRecord) => boolean = () => true,
): TownFigures {
  const groupOf = new Map(people.flatMap((subjects, place) => subjects.map((subject) => [subject, place] as const)));
  const bySubject = new Map(records.map((known) => [known.record.subject, known]));
  const group = (known: TownRecord) => groupOf.get(known.record.subject) as number;
  const asked = new Map<string, boolean>();
  const doubts: Doubt[] = [];
  for (const [link, { zone, weight }] of links) {
    const [one, other] = link.split(' ').map((subject) => bySubject.get(subject) as TownRecord) as [TownRecord, TownRecord];
    if (zone !== 'review' || group(one) === group(other)) continue;
    const between = linkOf(String(group(one)), String(group(other)));
    asked.set(between, asked.get(between) || only(one) || only(other));
    if (only(one) || only(other)) doubts.push({ one: group(one), other: group(other), same: one.person === other.person, weight });
  }
  const byPerson = Map.groupBy(records, ({ person }) => person.id);
  const counts = { true: 0, found: 0, asked: 0, joined: 0 };
  const wrong: [TownRecord, TownRecord][] = [];
  for (const same of byPerson.values())
    for (const [one, other] of pairsOf(same.filter(only))) {
      counts.true += 1;
      if (group(one) === group(other)) counts.found += 1;
      else if (asked.has(linkOf(String(group(one)), String(group(other))))) counts.asked += 1;
    }
  for (const subjects of people)
    for (const [one, other] of pairsOf(subjects.map((subject) => bySubject.get(subject) as TownRecord))) {
      if (!only(one) && !only(other)) continue;
      counts.joined += 1;
      if (one.person.id !== other.person.id) wrong.push([one, other]);
    }
  const counted = new Set(records.filter(only).map(({ person }) => person.id)).size;
  return {
    people: counted,
    records: records.filter(only).length,
    precision: (counts.joined - wrong.length) / counts.joined,
    recall: counts.found / counts.true,
    recallWithReview: (counts.found + counts.asked) / counts.true,
    reviewsPer100: ([...asked.values()].filter(Boolean).length / counted) * 100,
    questionsPer100: (questionsAsked(doubts) / counted) * 100,
    twinsJoined: wrong.filter((pair) => KIN.twins(...pair)).length,
    wrong,
  };
}

export const pairsOf = <T>(list: readonly T[]): [T, T][] =>
  list.flatMap((one, place) => list.slice(place + 1).map((other): [T, T] => [one, other]));
