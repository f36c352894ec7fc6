import { z } from 'zod';
import type { KeptProblems } from '../report-problem/kept-problems.js';
import { MISSING, OF_ONE_INVOLVEMENT } from '../report-problem/problem-categories.js';
import { ProblemShown } from '../report-problem/problem-shown.js';
import { type ReadProblem, readProblemsOfPanels } from '../report-problem/read-problems.js';
import type { Snapshot } from '../snapshot.js';
import type { Member } from '../view-family/read-members.js';
import { Contact, InvolvementShown } from '../view-person/involvement-shown.js';
import { readInvolvements } from '../view-person/read-involvements.js';
import { RingInstead } from '../view-person/ring-instead.js';
import type { ServicePanel } from '../view-person/service-panel.js';
import { recordedWords } from '../view-person/service-state.js';
import { involvementShown } from '../view-person/show-involvement.js';

const { kind } = InvolvementShown.shape;
/** "Involved now", "Involved from 1 Sep 2027", "Involved before", "Records held"; of a late source "Involved when last checked, 19 Nov 2026; expected every 15 minutes" */
const stateWords = z.string();
/** The day on which it begins, where that lies ahead: involved, and not yet. Null: it has begun, or says nothing of now. */
const beginsOn = z.string().nullable();

/** One of the family, and what the practitioner or team is to them. */
const Whom = z.object({
  person: z.guid(),
  title: z.string(),
  kind,
  stateWords,
  beginsOn,
  /** A reader has said that a record behind the panel may be of another person: as it says. */
  doubtWords: z.string().nullable(),
});

/** A practitioner or a team, and whom of the family they are or were involved with. */
export const ContactRow = z
  .object({
    service: z.string(),
    serviceName: z.string(),
    /** Which database says so. */
    database: z.string(),
    /** The most current of what they are to those it is about. */
    kind,
    stateWords,
    beginsOn,
    organisation: z.string().nullable(),
    contact: Contact,
    /** What readers have reported to be wrong with it, as the panels say it. */
    problems: z.array(ProblemShown),
    /** Somebody says that the worker has left, or of each of their involvements that it has ended, and no source has said otherwise, or stated it anew: nothing about the family is to be sent there unasked. */
    maybeOutOfDate: z.boolean(),
    ...RingInstead.shape,
    about: z.array(Whom),
  })
  .meta({ id: 'ContactRow' });
export type ContactRow = z.output<typeof ContactRow>;
/** The same of one involvement. */
type RowOfOne = Omit<ContactRow, 'maybeOutOfDate'>;

const MOST_CURRENT_FIRST: readonly ContactRow['kind'][] = ['involved-now', 'records-held', 'involved-before'];
type State = Pick<ContactRow, 'kind' | 'beginsOn'>;
/** What has begun comes before what has not, and that before what begins later. */
const byState = (a: State, b: State) =>
  MOST_CURRENT_FIRST.indexOf(a.kind) - MOST_CURRENT_FIRST.indexOf(b.kind) || (a.beginsOn ?? '').localeCompare(b.beginsOn ?? '');

/** One row per practitioner and service, the most current first, then in the authority's order. Only what an opened panel would show. */
export async function contactRowsOf(members: readonly Member[], snapshot: Snapshot, kept: KeptProblems): Promise<ContactRow[]> {
  const people = await Promise.all(members.map((member) => openedOf(member, snapshot)));
  const problems = await readProblemsOfPanels(snapshot, kept, people);
  const found = people.flatMap(({ identity, opened }, whom) =>
    opened.flatMap((panel, at) => rowsOf(panel, problems[whom]![at]!, identity, snapshot, kept)),
  );
  const order = snapshot.authority.services.map(({ service }): string => service);
  return [...Map.groupBy(found, practitionerOf).values()]
    .map(oneRowOf)
    .toSorted((a, b) => byState(a, b) || order.indexOf(a.service) - order.indexOf(b.service));
}

/** The same worker of the same service and database; where none is named, the same team of the same organisation. */
const practitionerOf = ({ service, database, contact, organisation, instead }: RowOfOne): string =>
  JSON.stringify([service, database, contact, ...(contact.name === null ? [organisation, instead] : [])]);

function oneRowOf(rows: readonly RowOfOne[]): ContactRow {
  const about = Map.groupBy(
    rows.flatMap((row) => row.about),
    ({ person }) => person,
  );
  const problems = new Map(rows.flatMap((row) => row.problems).map((problem) => [problem.id, problem]));
  return {
    ...mostCurrent(rows),
    problems: [...problems.values()],
    maybeOutOfDate: maybeOutOfDate(rows),
    about: [...about.values()].map(mostCurrent).toSorted(byState),
  };
}

const mostCurrent = <Item extends State>(items: readonly Item[]): Item => items.toSorted(byState)[0]!;

/** Everything behind the panels of one of the family that open. */
async function openedOf({ known: person, identity, panels }: Member, snapshot: Snapshot) {
  const opened = await Promise.all(
    panels
      .filter(({ canOpen }) => canOpen)
      .map(async (panel) => {
        const rule = snapshot.authority.services.find(({ service }) => service === panel.service)!;
        return { panel, rule, involvements: await readInvolvements(snapshot, person.subjects, rule) };
      }),
  );
  return { person, identity, opened };
}
type Opened = Awaited<ReturnType<typeof openedOf>>;

function rowsOf(
  { panel, rule, involvements }: Opened['opened'][number],
  problems: readonly ReadProblem[],
  identity: Opened['identity'],
  snapshot: Snapshot,
  kept: KeptProblems,
): RowOfOne[] {
  return involvements.map((involvement) => {
    const name = kept.nameOf(involvement);
    const its = problems.map(({ shown }) => shown).filter((problem) => isAbout(problem, name));
    return rowOf(involvementShown(involvement, rule, snapshot), panel, identity, its);
  });
}

/** One that is missing is no word about those that are there, and a worker who is not shown any more none about another. */
const isAbout = ({ category, involvement }: ProblemShown, name: string): boolean =>
  involvement === name || (involvement === null && category !== MISSING && !OF_ONE_INVOLVEMENT.includes(category));

/** A worker has left once for all; an involvement that has ended is no word about the others of the same worker. */
function maybeOutOfDate(rows: readonly RowOfOne[]): boolean {
  const notBefore = rows.filter(({ kind }) => kind !== 'involved-before');
  return rows.some(isSaid('worker-gone')) || (notBefore.length > 0 && notBefore.every(isSaid('ended-shown-as-current')));
}

const isSaid =
  (what: ProblemShown['category']) =>
  ({ problems }: RowOfOne): boolean =>
    problems.some(
      ({ category, asked }) =>
        category === what &&
        asked.some(({ outcome, mayBeOldWords }) => outcome === null || outcome === 'answered' || mayBeOldWords !== null),
    );

function rowOf(
  involvement: InvolvementShown,
  panel: ServicePanel,
  { person, title }: Member['identity'],
  problems: ProblemShown[],
): RowOfOne {
  const { kind, database, organisation, contact, instead, outOfHours } = involvement;
  // When it ended differs from child to child: their panels say it.
  const beginsOn = kind === 'involved-now' && involvement.beginsAhead ? involvement.openedOn : null;
  const stateWords = recordedWords(kind, { ended: null, beginsOn, stale: involvement.staleWords });
  const state = { kind, stateWords, beginsOn };
  return {
    service: panel.service,
    serviceName: panel.serviceName,
    database,
    ...state,
    organisation,
    contact,
    problems,
    instead,
    outOfHours,
    about: [{ person, title, ...state, doubtWords: panel.doubtWords }],
  };
}
