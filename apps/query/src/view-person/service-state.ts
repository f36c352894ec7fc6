/** The five states of a service, and staleness laid over them. Pure: what is known in, exact words out. */
import type { ServiceShown } from '../authority.js';
import { dayWords, londonDay } from '../day-words.js';
import { FEWER, type SourceFreshness } from '../source-freshness.js';
import type { AgeRange } from './age.js';
import type { NOT_CHECKED, ServiceState } from './service-panel.js';

/** One source of the service, as far as this person is concerned. */
export interface Looked {
  freshness: SourceFreshness;
  /** They live where the source keeps no records of. */
  outOfArea: boolean;
  /** The source has a record that is not this person's but may well be. */
  possibleMatch: boolean;
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
  /** The reader has said to know them. */
  knownToReader: boolean;
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

function involved({ rule, open, lastClosedOn, sources }: Situation): ServiceState {
  const late = sources.find(({ freshness }) => freshness.late)?.freshness;
  const stale = late ? ` when last checked${sinceWords(late, ', ')}; expected ${late.expectedWords}` : '';
  const state = { reason: null, problem: stale !== '', stale: stale !== '', endedOn: null };
  if (!rule.saysCurrent) return { ...state, kind: 'records-held', words: `Records held${stale}` };
  if (open > 0) return { ...state, kind: 'involved-now', words: stale ? `Involved${stale}` : 'Involved now' };
  const ended = lastClosedOn === null ? 'end date not known' : `ended ${dayWords(lastClosedOn)}`;
  return { ...state, kind: 'involved-before', words: `Involved before, ${ended}${stale && `,${stale}`}`, endedOn: lastClosedOn };
}

function withoutFacts({ wellIdentified, sources }: Situation): ServiceState {
  if (sources.length === 0) return notChecked('no-coverage', 'no source sends this yet', true);
  return sources.map((source) => whyNotSure(source, wellIdentified)).find((reason) => reason !== null) ?? NOTHING_FOUND;
}

/** "Nothing found" is said only of a place that was looked at: fresh, of their area, complete, not half empty of a sudden, matched, searched by name and date of birth, with nobody like it left over. */
function whyNotSure({ freshness, outOfArea, possibleMatch, heldBackSince }: Looked, wellIdentified: boolean): ServiceState | null {
  if (freshness.completeTo === null) return notChecked('no-coverage', `${freshness.name} has not said how far it sees`, true);
  if (endsTooEarly(freshness))
    return notChecked('no-coverage', `${freshness.name} sees no further than ${dayWords(freshness.coversTo!)}`, true);
  if (freshness.late) {
    return notChecked('source-late', `not heard from since${sinceWords(freshness, ' ')}, expected ${freshness.expectedWords}`, true);
  }
  if (freshness.dropped)
    return notChecked('source-dropped', `${freshness.name} holds far fewer ${FEWER[freshness.dropped.what]} than before`, true);
  if (heldBackSince !== null || freshness.heldBack) return notChecked('held-back', 'data is being held back', true);
  if (!freshness.matched) return notChecked('matching-pending', 'matching is not finished', true);
  if (possibleMatch) return notChecked('match-awaiting-review', 'a possible match awaiting review', true);
  if (outOfArea) return notChecked('out-of-area', `out of area, ${freshness.name} keeps no records of where they live`, false);
  return wellIdentified ? null : notChecked('too-few-details', 'too few details to look with', true);
}

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

function sinceWords({ completeTo, lastHeardAt }: SourceFreshness, before: string): string {
  const since = completeTo ?? lastHeardAt;
  return since === null ? '' : `${before}${dayWords(londonDay(since))}`;
}
