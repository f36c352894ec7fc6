import type { IdentityDecision, MatchedUpTo, MatchModelChosen, PairRuling, RecordAssigned } from '#lib/events';
import { canonical } from './compare.js';
import type { OpenedMessage } from './open-logs.js';
import type { PeopleByTheBook, Told } from './people-by-the-book.js';

/** What a steward has asked for; its reason is its own. */
export interface AskedRuling {
  one: string;
  other: string;
  ruling: 'together' | 'apart' | 'none';
  reason: string;
}

export interface MatchingEvidence {
  messages: readonly OpenedMessage[];
  /** @param settings of the model that was chosen last; absent before the first */
  byTheBook(settings: string | undefined): PeopleByTheBook;
  asked: readonly AskedRuling[];
  /** Every decision that any state of the matcher ever held, as text, by its number. */
  decided: ReadonlyMap<number, ReadonlySet<string>>;
  /** Numbers of decisions that must be in the log: those of states that were not lost. */
  mustBeSaid: ReadonlySet<number>;
  /** Announcements behind the one number, up to the other, cover events that were passed over then. */
  unreadBetween?: { from: number; to: number };
}

interface SaidAt {
  partition: number;
  decision: IdentityDecision;
}

/** How many announcements are reckoned after, besides the last. */
const RECKONED = 25;
const TOLD = 5;

/** Everything that must hold of what the matcher has said. One problem a line. */
export function judgeMatching(evidence: MatchingEvidence): string[] {
  const said = evidence.messages.flatMap(({ entry }): SaidAt[] =>
    entry?.log === 'identity-log' ? [{ partition: entry.place.partition, decision: entry.decision }] : [],
  );
  const byNumber = new Map(said.map(({ decision }) => [decision.decision, decision]));
  const decisions = [...byNumber.values()].sort((a, b) => a.decision - b.decision);
  return [
    ...aFew('numbers were given to two decisions', twice(said)),
    ...aFew('decisions come after greater ones for the first time', unordered(said)),
    ...aFew('numbers are missing, and were not those of an older announcement', missing(byNumber, evidence)),
    ...aFew('decisions are in the log and were never decided', undecided(decisions, evidence)),
    ...rulingsFollowed(decisions.filter(isRuling), evidence.asked),
    ...people(decisions, evidence),
  ];
}

/** A decision as it is compared, wherever it was read. */
export const textOf = (decision: object): string =>
  canonical(Object.fromEntries(Object.entries(decision).filter(([, value]) => value !== null && value !== undefined)));

function aFew(what: string, found: readonly unknown[]): string[] {
  return found.length === 0 ? [] : [`${found.length} ${what}: ${found.slice(0, TOLD).join(', ')}`];
}

function twice(said: readonly SaidAt[]): number[] {
  const texts = Map.groupBy(said, ({ decision }) => decision.decision);
  return [...texts].filter(([, all]) => new Set(all.map(({ decision }) => textOf(decision))).size > 1).map(([number]) => number);
}

/**
 * What is said again after a crash is no first time. Nor does an announcement matter behind a later one: it was left out as its request was tried
 * again, and a request that was given up may still arrive.
 */
function unordered(said: readonly SaidAt[]): string[] {
  const highest = new Map<number, number>();
  const announced = new Map<number, number>();
  const known = new Set<string>();
  return said.flatMap(({ partition, decision: { decision, type } }) => {
    const key = `${partition} ${decision}`;
    if (known.has(key)) return [];
    known.add(key);
    const before = highest.get(partition) ?? 0;
    const overtaken = type === 'MatchedUpTo' && decision < (announced.get(partition) ?? 0);
    highest.set(partition, Math.max(before, decision));
    if (type === 'MatchedUpTo' && !overtaken) announced.set(partition, decision);
    return decision > before || overtaken ? [] : [`${decision} in partition ${partition}`];
  });
}

/** Of announcements that waited together only the last is sent. */
function missing(byNumber: ReadonlyMap<number, IdentityDecision>, { decided, mustBeSaid }: MatchingEvidence): number[] {
  const last = Math.max(0, ...byNumber.keys(), ...mustBeSaid);
  const numbers = Array.from({ length: last }, (_, at) => at + 1).filter((number) => !byNumber.has(number));
  return numbers.filter((number) => ![...(decided.get(number) ?? [])].some((text) => text.includes('"MatchedUpTo"')));
}

const undecided = (decisions: readonly IdentityDecision[], { decided }: MatchingEvidence): number[] =>
  decisions.filter((decision) => !decided.get(decision.decision)?.has(textOf(decision))).map(({ decision }) => decision);

const TYPES: Record<AskedRuling['ruling'], RegExp> = {
  together: /^RecordsKeptTogether$/,
  apart: /^RecordsKeptApart$/,
  none: /Revoked$/,
};

/** Each followed exactly once, and nothing followed that nobody has asked for. */
function rulingsFollowed(rulings: readonly PairRuling[], asked: readonly AskedRuling[]): string[] {
  const followed = Map.groupBy(rulings, ({ reason }) => reason);
  const wrong = asked.flatMap(({ one, other, ruling, reason }) => {
    const as = followed.get(reason) ?? [];
    if (as.length !== 1) return [`${reason} was followed ${as.length} times`];
    const right = TYPES[ruling].test(as[0]!.type) && [as[0]!.subject, as[0]!.other].sort().join() === [one, other].sort().join();
    return right ? [] : [`${reason} was followed otherwise`];
  });
  const reasons = new Set(asked.map(({ reason }) => reason));
  return [
    ...aFew('rulings were not followed once', wrong),
    ...aFew('rulings were asked by nobody', [...followed.keys()].filter((reason) => !reasons.has(reason))), // prettier-ignore
  ];
}

/**
 * Whoever is announced as decided, is: the people of the decisions before an announcement are those of everything below its offsets, with the
 * rulings before it, by the model chosen before it. In the end they are those of everything, with every ruling.
 */
function people(decisions: readonly IdentityDecision[], { messages, byTheBook, unreadBetween }: MatchingEvidence): string[] {
  const announcements = decisions.filter(isAnnouncement);
  const last = announcements.at(-1);
  if (last === undefined) return ['nothing was announced'];
  const every = Math.ceil(announcements.length / RECKONED);
  const books = new Map<string | undefined, PeopleByTheBook>();
  const bookOf = (settings: string | undefined) => {
    const book = books.get(settings) ?? byTheBook(settings);
    books.set(settings, book);
    return book;
  };
  const differing = (before: readonly IdentityDecision[], { offsets }: MatchedUpTo): number => {
    const expected = bookOf(before.findLast(isChoice)?.settings).people(below(messages, offsets), before.filter(isRuling));
    const found = peopleOf(before.filter(isAssignment));
    return new Set(expected).symmetricDifference(new Set(found)).size;
  };
  const early = announcements
    .filter((_, at) => at % every === 0)
    .filter(({ decision }) => !unreadBetween || decision <= unreadBetween.from || decision > unreadBetween.to)
    .map((one) => ({ one, groups: differing(decisions.filter(({ decision }) => decision < one.decision), one) })); // prettier-ignore
  const inTheEnd = differing(decisions, last);
  return [
    ...aFew(
      'announcements came before what they announce',
      early.filter(({ groups }) => groups > 0).map(({ one, groups }) => `${one.decision} (${groups} groups of records)`),
    ),
    ...(inTheEnd === 0 ? [] : [`${inTheEnd} groups of records are others than the log makes them`]),
  ];
}

function below(messages: readonly OpenedMessage[], offsets: MatchedUpTo['offsets']): Told[] {
  const upTo = new Map(offsets.map(({ partition, offset }) => [partition, offset]));
  return messages.flatMap(({ entry }): Told[] =>
    entry?.log === 'involvement-log' && entry.place.offset < (upTo.get(entry.place.partition) ?? 0)
      ? [{ event: entry.event, subject: entry.place.subject }]
      : [],
  );
}

function peopleOf(assignments: readonly RecordAssigned[]): string[] {
  const personOf = new Map(assignments.map(({ subject, person }) => [subject, person]));
  const people = Map.groupBy([...personOf.keys()].sort(), (subject) => personOf.get(subject));
  return [...people.values()].map((members) => members.join()).sort();
}

const isChoice = (decision: IdentityDecision): decision is MatchModelChosen => decision.type === 'MatchModelChosen';
const isAnnouncement = (decision: IdentityDecision): decision is MatchedUpTo => decision.type === 'MatchedUpTo';
const isAssignment = (decision: IdentityDecision): decision is RecordAssigned => decision.type === 'RecordAssigned';
const isRuling = (decision: IdentityDecision): decision is PairRuling => 'other' in decision;
