/** The five states of a service, and staleness laid over them. Pure: what is known in, exact words out. */
import type { ServiceShown } from '../authority.js';
import { dayWords, londonDay } from '../day-words.js';
import { FEWER, type SourceFreshness } from '../source-freshness.js';
import type { AgeRange } from './age.js';
import type { HowAlike } from './possible-matches.js';
import type { NOT_CHECKED, ServiceState } from './service-panel.js';

/** One source of the service, as far as this person is concerned. */
export interface Looked {
  freshness: SourceFreshness;
  /** What it states itself of this service; null: nothing. */
  states: 'open' | 'ended' | null;
  /** They live where the source keeps no records of. */
  outOfArea: boolean;
  /** The source has a record that is not this person's but may well be; null: none. */
  possibleMatch: HowAlike | null;
  /** Since when events about this person from this source are held back; milliseconds since 1970, null: none is. */
  heldBackSince: number | null;
}

export interface Situation {
  rule: ServiceShown;
  /** Null: no date of birth is known. */
  age: AgeRange | null;
  /** Involvements not retracted; `open` ones are not closed. */
  open: number;
  closed: number;
  lastClosedOn: string | null;
  /** Where all that are open begin on days that lie ahead: the first of them. */
  beginsOn: string | null;
  /** The reader has said to know them. */
  knownToReader: boolean;
  /** Something of it is not shown, as a reader has doubted that it is of this person. */
  wrongMatch: boolean;
  /** Name and whole date of birth are known. */
  wellIdentified: boolean;
  sources: Looked[];
}

type Reason = (typeof NOT_CHECKED)[number];

export function serviceStateOf(situation: Situation): ServiceState {
  const barred = ruleAgainst(situation);
  if (barred) return barred;
  return situation.open + situation.closed > 0 ? involved(situation) : withoutFacts(situation);
}

function ruleAgainst({ rule, age, knownToReader }: Situation): ServiceState | null {
  // Of a sensitive service the same is said of everybody, whatever their age.
  if (rule.broker)
    return notChecked(
      'ask-the-broker',
      `ring ${rule.broker.name}, ${rule.broker.phone}, out of hours ${rule.broker.outOfHoursPhone}`,
      false,
    );
  if (rule.display === 'no-agreement') return notChecked('no-agreement', 'no agreement with this service', false);
  if (knownToReader) return notChecked('known-to-you', 'you have said that you know this person', false);
  const words = agesWords(rule);
  if (words === null) return null;
  if (age === null) return notChecked('age-not-known', `${words}, date of birth not known`, true);
  const allowed = (years: number) => years >= (rule.fromAge ?? -1) && years <= (rule.toAge ?? Infinity);
  if (allowed(age.youngest) && allowed(age.oldest)) return null;
  const certain = age.youngest === age.oldest || age.oldest < (rule.fromAge ?? -1) || age.youngest > (rule.toAge ?? Infinity);
  return certain ? notChecked('age-rule', words, false) : notChecked('age-not-known', `${words}, exact age not known`, true);
}

/** "shown from age 16", "shown from age 4 to 20"; null where there is no rule. */
function agesWords({ fromAge, toAge }: ServiceShown): string | null {
  if (fromAge !== undefined) return toAge === undefined ? `shown from age ${fromAge}` : `shown from age ${fromAge} to ${toAge}`;
  return toAge === undefined ? null : `shown up to age ${toAge}`;
}

function involved(situation: Situation): ServiceState {
  const { rule, open, lastClosedOn, beginsOn, sources } = situation;
  const kind = recordedKind(rule, open > 0);
  const stale = staleOf(kind, sources);
  // What has ended says nothing of now, unless the service was looked at and may be believed.
  const unsure = kind === 'involved-before' && stale === null ? whyNothingIsSure(situation) : null;
  const words = recordedWords(kind, { ended: endedWords(lastClosedOn), beginsOn, stale });
  return {
    kind,
    words: unsure ? `${words}; now not checked: ${unsure.why}` : words,
    reason: kind === 'involved-before' && stale !== null ? 'source-late' : (unsure?.reason ?? null),
    problem: stale !== null || unsure?.problem === true,
    stale: stale !== null,
    endedOn: kind === 'involved-before' ? lastClosedOn : null,
  };
}

/** Of what is open it is asked of those that state it: what one of them still says is not made old by another. What has ended says nothing of now while any is late. */
function staleOf(kind: RecordedKind, sources: readonly Looked[]): string | null {
  const stating = sources.filter(({ states }) => states === 'open' || (states === 'ended' && kind === 'records-held'));
  const asked = (kind === 'involved-before' || stating.length === 0 ? sources : stating).map(({ freshness }) => freshness);
  return kind !== 'involved-before' && asked.some(({ late }) => !late) ? null : staleWordsOf(asked);
}

type RecordedKind = Extract<ServiceState['kind'], 'involved-now' | 'involved-before' | 'records-held'>;

/** What one or more involvements of a service come to. */
export const recordedKind = ({ saysCurrent }: ServiceShown, isOpen: boolean): RecordedKind =>
  saysCurrent ? (isOpen ? 'involved-now' : 'involved-before') : 'records-held';

interface Recorded {
  /** "ended 14 Mar 2025"; null: left out */
  ended: string | null;
  /** The day on which it begins, where that lies ahead. */
  beginsOn: string | null;
  stale: string | null;
}

/** "Involved now", "Involved from 1 Sep 2027", "Involved before, ended 14 Mar 2025", "Records held": with staleness laid over them. */
export function recordedWords(kind: RecordedKind, { ended, beginsOn, stale }: Recorded): string {
  if (kind === 'records-held') return stale === null ? 'Records held' : `Records held ${stale}`;
  if (kind === 'involved-now' && beginsOn !== null)
    return ['Involved from', dayWords(beginsOn), stale].filter((words) => words !== null).join(' ');
  if (kind === 'involved-now') return stale === null ? 'Involved now' : `Involved ${stale}`;
  return ['Involved before', ended, stale].filter((words) => words !== null).join(', ');
}

export const endedWords = (on: string | null): string => (on === null ? 'end date not known' : `ended ${dayWords(on)}`);

/** "when last checked, 19 Nov 2026; expected every 15 minutes", of the source that is late for longest; null: none is. */
export function staleWordsOf(sources: readonly SourceFreshness[]): string | null {
  const [late] = longestSilentFirst(sources.filter((source) => source.late));
  return late ? `when last checked${sinceWords(late, ', ')}; expected ${late.expectedWords}` : null;
}

/** "Nothing found" is said only where every source of the service was looked at and may be believed. */
function withoutFacts(situation: Situation): ServiceState {
  const unsure = whyNothingIsSure(situation);
  return unsure ? notChecked(unsure.reason, unsure.why, unsure.problem) : NOTHING_FOUND;
}

interface Unsure {
  reason: Reason;
  why: string;
  /** Something is wrong, not merely a rule. */
  problem: boolean;
}

function whyNothingIsSure({ wrongMatch, wellIdentified, sources }: Situation): Unsure | null {
  if (wrongMatch) return unsure('wrong-match-awaiting-review', 'a possible wrong match awaiting review');
  if (sources.length === 0) return unsure('no-coverage', 'no source sends this yet');
  const whys = sources.map((source) => whyNotSure(source, wellIdentified)).filter((why) => why !== null);
  const [late] = longestSilentFirst(sources.map(({ freshness }) => freshness).filter((freshness) => freshness.late));
  const first = whys[0] ?? null;
  return first?.reason === 'source-late' && late?.completeTo != null ? lateSince(late) : first;
}

/** A place counts as looked at when it is fresh, of their area, complete, not half empty of a sudden, matched, searched by name and date of birth, with nobody like them left over. */
function whyNotSure({ freshness, outOfArea, possibleMatch, heldBackSince }: Looked, wellIdentified: boolean): Unsure | null {
  const { name, completeTo, coversTo, late, dropped, heldBack, matched } = freshness;
  if (completeTo === null) return unsure('no-coverage', `${name} has not said how far it sees`);
  if (endsTooEarly(freshness)) return unsure('no-coverage', `${name} sees no further than ${dayWords(coversTo!)}`);
  if (late) return lateSince(freshness);
  if (dropped) return unsure('source-dropped', `${name} holds far fewer ${FEWER[dropped.what]} than before`);
  if (heldBackSince !== null || heldBack) return unsure('held-back', 'data is being held back');
  if (!matched) return unsure('matching-pending', 'matching is not finished');
  if (possibleMatch === 'closely') return unsure('match-awaiting-review', 'a possible match awaiting review');
  if (possibleMatch === 'by-name-alone') return unsure('match-by-name-alone', 'a possible match by name alone');
  if (outOfArea) return unsure('out-of-area', `out of area, ${name} keeps no records of where they live`, false);
  return wellIdentified ? null : unsure('too-few-details', 'too few details to look with');
}

const lateSince = (late: SourceFreshness): Unsure =>
  unsure('source-late', `not heard from since${sinceWords(late, ' ')}, expected ${late.expectedWords}`);

const unsure = (reason: Reason, why: string, problem = true): Unsure => ({ reason, why, problem });

const DAY = 86_400_000;
/** Whether the period a source covers ended a whole day or more before it was asked: it says nothing of today. */
const endsTooEarly = ({ coversTo, completeTo }: SourceFreshness): boolean =>
  coversTo !== null && completeTo !== null && Date.parse(coversTo) + 2 * DAY < completeTo;

const NOTHING_FOUND: ServiceState = {
  kind: 'nothing-found',
  words: 'Checked, nothing found',
  reason: null,
  problem: false,
  stale: false,
  endedOn: null,
};

function notChecked(reason: Reason, why: string, problem: boolean): ServiceState {
  return { kind: 'not-checked', words: `Not checked: ${why}`, reason, problem, stale: reason === 'source-late', endedOn: null };
}

const knownUpTo = ({ completeTo, lastHeardAt }: SourceFreshness): number | null => completeTo ?? lastHeardAt;
const longestSilentFirst = (late: readonly SourceFreshness[]): SourceFreshness[] =>
  late.toSorted((a, b) => (knownUpTo(a) ?? 0) - (knownUpTo(b) ?? 0));

function sinceWords(late: SourceFreshness, before: string): string {
  const since = knownUpTo(late);
  return since === null ? '' : `${before}${dayWords(londonDay(since))}`;
}
