import { ageOn } from './days.js';
import type { Person } from './families/person.js';
import type { SourceRecord } from './history/source-record.js';
import type { Involvement } from './involvements/involvement.js';
import type { Town } from './town.js';

/** A child with whom a reader meets one of the rules of access. */
export interface RightToTry {
  caseId: string;
  why: string;
  person: Person;
}

type Fits = (record: SourceRecord, open: Involvement[]) => boolean;

/** A child for every reader's caseload, a referral that waits, a child nobody who can sign in has a case with, and one who is restricted. */
export function rightsToTry(town: Town): RightToTry[] {
  const readers = { 'amara.okafor': 'Amara Okafor', 'priya.nair': 'Priya Nair', 'dan.whittle': 'Dan Whittle' };
  const rules: [why: string, fits: Fits][] = [
    ...Object.entries(readers).map(([id, name]): [string, Fits] => [
      `on ${name}’s caseload: opens without a reason`,
      ({ person }, open) => !person.restricted && open.some((one) => heldBy(one) === id),
    ]),
    [
      'a referral to Assessment East that nobody is named for: opens without a reason for that team',
      ({ person }, open) => !person.restricted && open.some((one) => one.team.name === 'Assessment East' && heldBy(one) === undefined),
    ],
    ['on none of these caseloads: a reason is asked', ({ person }, open) => !person.restricted && open.length === 0],
    [
      'restricted: looks like nobody; Priya Nair can open it under “Restricted records” on the search page',
      ({ person }) => person.restricted,
    ],
  ];
  const children = town.records.filter(
    ({ source, person, replacedBy }) => source === 'mosaic' && !replacedBy && !person.unborn && ageOn(person.born, town.plan.today) < 18,
  );
  return rules.flatMap(([why, fits]) => {
    const found = children.find((record) => fits(record, record.involvements.filter(isOpen)));
    return found ? [{ caseId: found.recordId, why, person: found.person }] : [];
  });
}

const isOpen = ({ closedOn, retractedOn }: Involvement) => !closedOn && !retractedOn;
const heldBy = ({ workers }: Involvement) => workers.at(-1)?.practitioner?.readerId ?? undefined;
