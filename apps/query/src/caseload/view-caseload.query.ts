import { type IQueryHandler, QueryHandler } from '@nestjs/cqrs';
import { AuditedQuery, type Look } from '../audited-query.js';
import { londonDay } from '../day-words.js';
import { silentSources } from '../authority.js';
import { awaitsWorker, namesReader, openInvolvement } from '../policy/cases.js';
import { type ListedPerson, listedPerson, youngestFirst } from '../search-people/listed-person.js';
import type { Reader } from '../sign-in/reader.js';
import { type Snapshot, snapshotOf, type Statement } from '../snapshot.js';
import { childrenAmong } from '../view-person/counts-as-child.js';
import { type KnownPeople, mayBeShown } from '../view-person/known-person.js';
import { readPeople, readPeopleOfRecords } from '../view-person/read-people.js';
import { redirectsOf } from '../view-person/redirects-of.js';

export interface Caseload {
  /** Whom an open involvement names the reader for, youngest first. */
  own: ListedPerson[];
  /** Referrals to the reader's team that nobody is named for yet, youngest first. */
  referrals: ListedPerson[];
  /** Whom the reader viewed last, in that order. */
  recent: ListedPerson[];
}

/** Who is on this reader's caseload, and whom have they viewed lately? Whoever may not be seen is left out. */
export class ViewCaseload extends AuditedQuery<Caseload> {
  readonly data = 'search';
  readonly person = undefined;
  /** @param viewed person ids, the last one first */
  constructor(
    readonly reader: Pick<Reader, 'id' | 'team'>,
    readonly viewed: string[],
  ) {
    super();
  }

  looks(result: Caseload | null): Look[] {
    const lists = Object.entries(result ?? {}) as [string, ListedPerson[]][];
    const shown = { list: 'caseload', ...Object.fromEntries(lists.map(([name, people]) => [name, people.length])) };
    // Whoever stands in two of the lists is on record as in the first: that they are the reader's own case tells most.
    const among = new Map(lists.toReversed().flatMap(([name, listed]) => listed.map(({ person }) => [person, name])));
    const action = 'shown-in-results';
    return [
      { action, person: null, found: among.size > 0, shown },
      ...[...among].map(([person, name]): Look => ({ action, person, found: true, shown: { list: 'caseload', among: name } })),
    ];
  }
}

@QueryHandler(ViewCaseload)
export class ViewCaseloadHandler implements IQueryHandler<ViewCaseload> {
  async execute(query: ViewCaseload): Promise<Caseload> {
    const snapshot = snapshotOf(query);
    const { id, team } = query.reader;
    const silent = silentSources(snapshot.authority);
    const today = londonDay(snapshot.now);
    const [named, awaiting, viewed] = await Promise.all([
      snapshot.rows<Subject>(NAMED, [id, today, silent]),
      snapshot.rows<Subject>(AWAITING, [team, snapshot.authority.caseManagementSystem, today, silent]),
      usedNow(snapshot, query.viewed),
    ]);
    const [own, referred] = await Promise.all(
      [named, awaiting].map(async (rows) => whoMayBeOpened(snapshot, await peopleOf(snapshot, rows))),
    );
    const mine = new Set(own!.map(({ person }) => person));
    return {
      own: own!,
      referrals: referred!.filter(({ person }) => !mine.has(person)),
      recent: await whoMayBeOpened(
        snapshot,
        viewed.persons.flatMap((person) => listed(snapshot, viewed, person)),
      ),
    };
  }
}

interface Subject {
  subject: string;
}

async function peopleOf(snapshot: Snapshot, rows: Subject[]): Promise<ListedPerson[]> {
  const people = await readPeopleOfRecords(
    snapshot,
    rows.map(({ subject }) => subject),
  );
  const persons = new Set(rows.map(({ subject }) => people.personOf(subject)).filter((person) => person !== null));
  return [...persons].flatMap((person) => listed(snapshot, people, person)).toSorted(youngestFirst);
}

/** Whoever has these ids, or is led to from them, as from an old address of their page; each once. */
async function usedNow(snapshot: Snapshot, viewed: string[]): Promise<Pick<KnownPeople, 'byId'> & { persons: string[] }> {
  const redirects = await redirectsOf(snapshot, viewed);
  const { byId, movedTo } = await readPeople(snapshot, [...new Set([...viewed, ...redirects.map(({ person }) => person)])]);
  const persons = viewed.flatMap((id) => {
    // From a restricted person, no more than from an absent one: nobody is looked for further on.
    if (byId.get(id)?.restricted) return [];
    const there = [id, movedTo.get(id) ?? id].find((person) => mayBeShown(byId.get(person)));
    if (there !== undefined) return there;
    return redirects.findLast((led) => led.id === id && mayBeShown(byId.get(led.person)))?.person ?? [];
  });
  return { byId, persons: [...new Set(persons)] };
}

function listed(snapshot: Snapshot, { byId }: Pick<KnownPeople, 'byId'>, id: string): ListedPerson[] {
  const person = byId.get(id);
  if (!mayBeShown(person)) return [];
  snapshot.madeOf(id, person.subjects);
  return [listedPerson(person, snapshot)];
}

/** Where the authority has nothing but child first, nobody else is opened from here. */
async function whoMayBeOpened(snapshot: Snapshot, people: ListedPerson[]): Promise<ListedPerson[]> {
  if (snapshot.authority.journeys.includes('search-any')) return people;
  const children = await childrenAmong(
    snapshot,
    people.map(({ person }) => person),
  );
  return people.filter(({ person }) => children.has(person));
}

const NAMED: Statement = {
  name: 'caseload',
  text: `
    SELECT DISTINCT i.subject FROM involvement i JOIN record r ON r.subject = i.subject
    WHERE ${namesReader('$1')} AND ${openInvolvement('$2', '$3')}`,
};

const AWAITING: Statement = {
  name: 'referral-queue',
  text: `
    SELECT DISTINCT i.subject FROM involvement i JOIN record r ON r.subject = i.subject
    WHERE ${awaitsWorker('$1', '$2')} AND ${openInvolvement('$3', '$4')}`,
};
