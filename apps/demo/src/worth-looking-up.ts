import { SERVICES } from '#lib/events';
import { ageOn } from './days.js';
import type { Person } from './families/person.js';
import type { SourceRecord } from './history/source-record.js';
import { SYSTEMS } from './systems/systems.js';
import type { Town } from './town.js';

/** A child whose page shows what the index is for. */
export interface WorthLookingUp {
  name: string;
  born: string;
  caseId: string;
  person: Person;
  why: string;
}

interface Candidate {
  child: Person;
  mosaic: SourceRecord;
  now: string[];
  before: string[];
}

/** Four children: one with many services, one with half-siblings of another name, one with a sibling on the way, one whose mother many services have on record. */
export function worthLookingUp(town: Town): WorthLookingUp[] {
  const telling = ({ now, before }: Candidate): number => now.length * 3 + before.length;
  const tellingFirst = candidatesOf(town).sort((a, b) => telling(b) - telling(a));
  const ofSchoolAge = tellingFirst.filter(({ child }) => ageOn(child.born, town.plan.today) >= 5);
  const chosen: WorthLookingUp[] = [];
  const choose = (fits: (candidate: Candidate) => string | null, candidates = ofSchoolAge): void => {
    const others = candidates.filter(({ child }) => chosen.every(({ person }) => person.family !== child.family));
    const found = others.find((candidate) => fits(candidate) !== null);
    if (found) chosen.push(shown(found, fits(found)!));
  };
  choose(({ now, before }) =>
    now.length > 2 && before.length > 0 ? `involved now: ${servicesOf(now).join(', ')}; before: ${servicesOf(before).join(', ')}` : null,
  );
  choose(({ child }) => halfSiblings(town, child));
  choose(({ child }) => siblingOnTheWay(town, child));
  choose(({ child }) => manyRecordTheMother(town, child), tellingFirst);
  return chosen;
}

/** The services of these systems, each once: two may be of one service. */
const servicesOf = (sources: string[]): string[] => [
  ...new Set(SYSTEMS.filter(({ source }) => sources.includes(source)).map(({ service }) => SERVICES[service])),
];

const VISIBLE_FOR_A_CHILD = ['mosaic', 'synergy', 'cluster-lists', 'childview', 'insight', 'liquidlogic', 'generic'];

function candidatesOf(town: Town): Candidate[] {
  const byPerson = Map.groupBy(town.records.filter(findable), ({ person }) => person);
  return [...byPerson].flatMap(([child, records]) => {
    const age = ageOn(child.born, town.plan.today);
    const mosaic = records.find((record) => record.source === 'mosaic' && underOwnName(record));
    if (!mosaic || age > 17 || child.homes.some(({ confidential }) => confidential)) return [];
    const seen = records.filter(({ source }) => VISIBLE_FOR_A_CHILD.includes(source));
    const open = (record: SourceRecord) => record.involvements.some(({ closedOn, retractedOn }) => !closedOn && !retractedOn);
    const past = (record: SourceRecord) => record.involvements.some(({ closedOn, retractedOn }) => closedOn && !retractedOn);
    const now = seen.filter(open).map(({ source }) => source);
    const before = seen.filter((record) => past(record) && !open(record)).map(({ source }) => source);
    return [{ child, mosaic, now, before }];
  });
}

const underOwnName = ({ person, written }: SourceRecord): boolean => {
  const { family, given } = written.fixed.names[0]!;
  return family === person.name.family && given?.[0] === person.name.given[0];
};

/** Whose records the matcher joins without doubt; restricted people are not for looking up. */
const findable = ({ person, written: { fixed }, replacedBy }: SourceRecord): boolean =>
  !person.restricted &&
  !replacedBy &&
  fixed.dateOfBirth?.date === person.born &&
  (fixed.identifiers ?? []).some(({ type, value }) => type === 'nhs' && value === person.nhsNumber);

const tiesOf = (town: Town, child: Person) =>
  town.families[child.family - town.plan.firstFamily]!.ties.filter(({ of, other }) => of === child || other === child);

function halfSiblings(town: Town, child: Person): string | null {
  const others = tiesOf(town, child)
    .filter(({ relationship }) => relationship === 'half-sibling')
    .map(({ of, other }) => (of === child ? other : of))
    .filter(
      (other) =>
        other.name.family !== child.name.family && town.records.some(({ source, person }) => source === 'mosaic' && person === other),
    );
  return others[0] ? `a half-sibling has another family name (${others[0].name.given[0]} ${others[0].name.family ?? ''})` : null;
}

function siblingOnTheWay(town: Town, child: Person): string | null {
  const unborn = tiesOf(town, child).find(({ relationship }) => relationship === 'unborn-sibling')?.other;
  return unborn ? `a brother or sister is expected on ${unborn.born}` : null;
}

/** Five services each have her on record by her day of birth and first name, some without an involvement, and the page of her child shows one mother. */
function manyRecordTheMother(town: Town, { mother }: Person): string | null {
  if (!mother || mother.restricted) return null;
  const records = town.records.filter(({ person }) => person === mother);
  const services = servicesOf(records.map(({ source }) => source));
  const surely = records.every(
    ({ written: { fixed } }) => fixed.dateOfBirth?.date === mother.born && fixed.names[0]?.given?.[0] === mother.name.given[0],
  );
  if (!surely || services.length < 5) return null;
  const involved = servicesOf(records.filter(isInvolved).map(({ source }) => source));
  const words = services.map((service) => (involved.includes(service) ? service : `${service} (a record alone)`));
  return `${services.length} services have a record of the mother, who is one person: ${words.join(', ')}`;
}

const isInvolved = ({ involvements }: SourceRecord): boolean => involvements.some(({ retractedOn }) => !retractedOn);

const shown = ({ child, mosaic }: Candidate, why: string): WorthLookingUp => ({
  name: `${mosaic.written.fixed.names[0]!.given!.join(' ')} ${child.name.family ?? ''}`.trim(),
  born: child.born,
  caseId: mosaic.recordId,
  person: child,
  why,
});
