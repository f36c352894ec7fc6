import { addDays, type Day, earlier } from '../days.js';
import type { Family, Person } from '../families/person.js';
import type { Involvement } from '../involvements/involvement.js';
import type { Random } from '../random.js';
import { type Written, writeDown } from '../spelling/write-details.js';
import type { Team } from '../staff/team.js';
import type { SourceSystem } from '../systems/source-system.js';

/** One person as one source knows them. `person` is the truth, which no source has. */
export interface SourceRecord {
  source: string;
  recordId: string;
  person: Person;
  since: Day;
  written: Written;
  involvements: Involvement[];
  /** The record this one was merged into. */
  replacedBy: SourceRecord | null;
}

/** Room for every person of a family, and for as many second records. */
const RECORDS_OF_A_FAMILY = 48;

/** The records one system keeps of one family. `caseIds` holds what Mosaic calls these people, once Mosaic has been asked. */
export function recordsOf(
  system: SourceSystem,
  family: Family,
  o: { chance: Random; today: Day; teams: readonly Team[]; caseIds: ReadonlyMap<Person, string>; elsewhere: ReadonlySet<Person> },
): SourceRecord[] {
  const { chance, today, teams, caseIds, elsewhere } = o;
  return system.knows(family, chance, today, elsewhere).flatMap((person) => {
    const involvements = system.involvements({ person, family, teams, chance, today });
    const first = involvements.map(({ openedOn }) => openedOn).sort()[0] ?? addDays(today, -chance.int(5, 2500));
    const since = notBeforeKnown(person, earlier(addDays(first, -chance.int(0, 10)), addDays(today, -1)), today);
    const n = family.number * RECORDS_OF_A_FAMILY + family.people.indexOf(person);
    const caseId = caseIds.get(person) ?? null;
    const record: SourceRecord = {
      source: system.source,
      recordId: system.habits.recordId(n, chance),
      person,
      since,
      written: writeDown(person, system.habits, chance, caseId),
      involvements,
      replacedBy: null,
    };
    if (person.unborn || !chance.chance(system.habits.twice)) return [record];
    return [record, secondOf(record, system, n + RECORDS_OF_A_FAMILY / 2, chance, today)];
  });
}

/** The same person entered again by somebody who did not look first. */
function secondOf(first: SourceRecord, { habits }: SourceSystem, n: number, chance: Random, today: Day): SourceRecord {
  return {
    ...first,
    recordId: habits.recordId(n, chance),
    since: earlier(addDays(first.since, chance.int(30, 900)), addDays(today, -2)),
    written: writeDown(first.person, { ...habits, variants: 0.4, slips: 0.2, shortNames: 0.3 }, chance, null),
    involvements: [],
    replacedBy: chance.chance(0.3) ? first : null,
  };
}

/** Nobody is written down before birth, or (unborn) before anyone could know. */
function notBeforeKnown({ born, unborn }: SourceRecord['person'], since: Day, today: Day): Day {
  if (unborn) return earlier(addDays(today, -1), [since, addDays(born, -250)].sort()[1]!);
  return [since, born].sort()[1]!;
}
