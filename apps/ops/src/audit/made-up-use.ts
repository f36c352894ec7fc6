import { randomUUID } from 'node:crypto';
import type { AuditAction, AuditEntry, UnusualRule } from '#lib/audit';
import { MADE_UP_READERS, type MadeUpReader } from './made-up-readers.js';
import { londonMidnight, type Rolls, rollsOf } from './rolls.js';

export interface SomePerson {
  person: string;
  subjects: string[];
}

/** A misuse that was put there on purpose, as a rule has to find it. */
export interface Misuse {
  rule: UnusualRule;
  reader: string;
  /** `YYYY-MM-DD`; the Monday where the rule counts by weeks. */
  day: string;
  person: string | null;
}

export interface MadeUpUse {
  entries: AuditEntry[];
  misuses: Misuse[];
  /** Days on which somebody worked. */
  readerDays: number;
}

export interface MadeUpUseOptions {
  /** The day after the last; milliseconds since 1970. */
  until: number;
  weeks: number;
  seed: number;
  people: readonly SomePerson[];
  /** Somebody who bears the surname of one of the readers, where there is anybody. */
  relative: (SomePerson & { reader: string }) | null;
}

/** What the volume of results takes, in people; and how many a page of results lists. */
export const MANY_LISTED = 120;
const A_PAGE = 20;
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** Some weeks of ordinary use by the demo's readers and colleagues of theirs, and a handful of known misuses in it. */
export function madeUpUse(o: MadeUpUseOptions): MadeUpUse {
  const rolls = rollsOf(o.seed);
  const days = Array.from({ length: o.weeks * 7 }, (_, back) => londonMidnight(o.until, -1 - back)).reverse();
  const use: MadeUpUse = { entries: [], misuses: [], readerDays: 0 };
  for (const reader of MADE_UP_READERS) {
    const caseload = Array.from({ length: 15 }, () => rolls.of(o.people));
    for (const midnight of days)
      if (works(reader, midnight, rolls)) ordinaryDay(use, { reader, midnight, caseload, people: o.people, rolls });
  }
  misuse(use, days, rolls, o);
  return use;
}

const works = ({ role }: MadeUpReader, midnight: number, rolls: Rolls): boolean => {
  const weekday = new Date(midnight + 12 * HOUR).getUTCDay();
  if (role === 'duty') return rolls.chance(0.5);
  return weekday !== 0 && weekday !== 6 && rolls.chance(0.9);
};

interface Day {
  reader: MadeUpReader;
  midnight: number;
  caseload: readonly SomePerson[];
  people: readonly SomePerson[];
  rolls: Rolls;
}

/** Now and then somebody works late or has no reference yet: that is no misuse, and a rule that finds it has raised a false alarm. */
function ordinaryDay(use: MadeUpUse, { reader, midnight, caseload, people, rolls }: Day): void {
  use.readerDays += 1;
  const duty = reader.role === 'duty';
  const late = !duty && rolls.chance(0.01);
  const count = duty ? rolls.between(1, 4) : rolls.between(3, reader.role === 'team-manager' ? 6 : 11);
  for (let search = rolls.between(0, 2); search > 0; search -= 1)
    use.entries.push(
      ...listed(
        reader,
        Array.from({ length: rolls.between(1, 8) }, () => rolls.of(people)),
        midnight + rolls.between(9 * 60, 17 * 60) * MINUTE,
      ),
    );
  for (let look = 0; look < count; look += 1) {
    const own = !duty && rolls.chance(0.85);
    const at = midnight + (duty ? rolls.between(0, 24 * 60 - 1) : rolls.between(8 * 60, 17 * 60 + 30)) * MINUTE;
    const why = own
      ? {}
      : { reason: duty ? 'duty-or-out-of-hours' : rolls.of(REASONS), reference: rolls.chance(0.25) ? 'none-yet' : 'C-4711' };
    use.entries.push(...opened(reader, own ? rolls.of(caseload) : rolls.of(people), late && look === 0 ? midnight + 20.5 * HOUR : at, why));
  }
}

const REASONS = ['section-47', 'section-17-consent', 'strategy-meeting', 'handover', 'other'];

function misuse(use: MadeUpUse, days: readonly number[], rolls: Rolls, { people, relative }: MadeUpUseOptions): void {
  const reader = (id: string) => MADE_UP_READERS.find((reader) => reader.id === id)!;
  const weekday = (number: number) => days.filter((midnight) => new Date(midnight + 12 * HOUR).getUTCDay() === number);
  const noted = (rule: UnusualRule, id: string, midnight: number, person: string | null = null) =>
    use.misuses.push({ rule, reader: id, day: dayOf(midnight), person });
  const some = (count: number) => Array.from({ length: count }, (_, at) => people[(at * 7 + 3) % people.length]!);
  const refused = (id: string, person: SomePerson, at: number, why: string) =>
    use.entries.push({ ...entryOf(reader(id), 'viewed-person', person, at), outcome: 'denied', subjects: [], shown: { why } });

  const sunday = rolls.of(weekday(0));
  noted('outOfHours', 'leah.morgan', sunday);
  some(3).forEach((person, at) => use.entries.push(...opened(reader('leah.morgan'), person, sunday + 23 * HOUR + at * MINUTE, {})));

  const busy = weekday(4).at(-1)!;
  noted('volume', 'tom.hughes', busy);
  people
    .slice(0, 60)
    .forEach((person, at) => use.entries.push(...opened(reader('tom.hughes'), person, busy + 9 * HOUR + at * 5 * MINUTE, {})));

  const trawling = weekday(2).at(-1)!;
  noted('listed', 'ruth.baker', trawling);
  for (let from = 0; from < MANY_LISTED; from += A_PAGE)
    use.entries.push(...listed(reader('ruth.baker'), people.slice(from, from + A_PAGE), trawling + 10 * HOUR + from * MINUTE));

  const monday = weekday(1).at(-1)!;
  noted('thinReasons', 'joseph.mensah', monday);
  some(9).forEach((person, at) => {
    const why = { reason: 'other', reference: 'none-yet' };
    use.entries.push(...opened(reader('joseph.mensah'), person, monday + 14 * HOUR + at * 20 * MINUTE, why));
  });

  const strangers = weekday(1).at(-2)!;
  noted('outsideCaseload', 'amara.okafor', strangers);
  people.slice(60, 92).forEach((person, at) => {
    const why = { reason: 'section-47', reference: `C-${3_000 + at}` };
    const day = days[days.indexOf(strangers) + Math.floor(at / 8)]!;
    use.entries.push(...opened(reader('amara.okafor'), person, day + 10 * HOUR + (at % 8) * 40 * MINUTE, why));
  });

  const overridden = weekday(3)[0]!;
  noted('overrides', 'priya.nair', overridden, people[1]!.person);
  const why = { reason: 'section-47', reference: 'C-12' };
  use.entries.push({ ...entryOf(reader('priya.nair'), 'overridden', people[1]!, overridden + 11 * HOUR), ...why });

  const probing = weekday(5)[0]!;
  noted('refusals', 'leah.morgan', probing);
  some(5).forEach((person, at) => refused('leah.morgan', person, probing + 13 * HOUR + at * MINUTE, 'reason-needed'));

  const known = weekday(2)[0]!;
  noted('knownPerson', 'tom.hughes', known, people[2]!.person);
  refused('tom.hughes', people[2]!, known + 10 * HOUR, 'knows-this-person');

  if (relative === null) return;
  const curious = weekday(3).at(-1)!;
  noted('sameSurname', relative.reader, curious, relative.person);
  use.entries.push(...opened(reader(relative.reader), relative, curious + 12 * HOUR, {}));
}

/** A search, and whom its results listed. */
function listed(reader: MadeUpReader, found: readonly SomePerson[], at: number): AuditEntry[] {
  const nobody = { person: null, subjects: [] };
  const shown = found.map((person) => entryOf(reader, 'shown-in-results', person, at));
  const searched = { ...entryOf(reader, 'searched', { person: '', subjects: [] }, at), ...nobody, shown: { total: found.length } };
  return [searched, ...shown].map((entry) => ({ ...entry, requestId: searched.requestId }));
}

/** The Monday, or the day, of London's midnight. */
const dayOf = (midnight: number): string => new Date(midnight + 12 * HOUR).toISOString().slice(0, 10);

function entryOf(reader: MadeUpReader, action: AuditAction, { person, subjects }: SomePerson, at: number): AuditEntry {
  const { id, role, team } = reader;
  return { at, action, outcome: 'done', requestId: `made-up-${randomUUID()}`, reader: id, role, team, person, subjects };
}

/** A person's page with one of its panels. */
function opened(reader: MadeUpReader, person: SomePerson, at: number, why: Pick<AuditEntry, 'reason' | 'reference'>): AuditEntry[] {
  const page = { ...entryOf(reader, 'viewed-person', person, at), ...why };
  return [page, { ...page, action: 'opened-panel', at: at + 20_000, shown: { service: 'school', state: 'involved-now', involvements: 1 } }];
}
