import type { IdentityDecision } from '#lib/events';
import { DEFAULT_MODEL, loadMatchModel } from '#lib/matching';
import { loggedEvent } from '../../support/logged-event.js';
import { type AskedRuling, judgeMatching, type MatchingEvidence, textOf } from './judge-matching.js';
import type { OpenedMessage } from './open-logs.js';
import { PeopleByTheBook } from './people-by-the-book.js';

const byTheBook = () => new PeopleByTheBook(loadMatchModel(DEFAULT_MODEL), 'deploy/authority/northbridge.json');
const retired = (decision: number): IdentityDecision => ({ type: 'PersonRetired', decision, person: 'one', into: 'another' });
const announced = (decision: number): IdentityDecision => ({ type: 'MatchedUpTo', decision, offsets: [] });

/** @param all in one partition, in this order */
function problems(...all: IdentityDecision[]): string[] {
  const decided = new Map(all.map((decision) => [decision.decision, new Set([textOf(decision)])]));
  return judgeMatching({
    messages: all.map(said),
    byTheBook,
    asked: [],
    decided,
    mustBeSaid: new Set(decided.keys()),
  });
}

it.each<[string, IdentityDecision[]]>([
  ['in order', [retired(1), announced(2), retired(3)]],
  ['again, all of it', [retired(1), announced(2), retired(1), announced(2)]],
  ['again, with an announcement that was left out meanwhile', [retired(1), retired(3), announced(4), retired(1), announced(2)]],
])('Decisions may be said %s', (_, all) => {
  expect(problems(...all)).toEqual([]);
});

it.each<[string, IdentityDecision[]]>([
  ['another decision', [retired(1), retired(3), announced(4), retired(2)]],
  ['an announcement that none has overtaken', [retired(1), retired(3), announced(2)]],
])('Never does %s come after greater ones for the first time', (_, all) => {
  expect(problems(...all)).toEqual(['1 decisions come after greater ones for the first time: 2 in partition 0']);
});

const [A, B, C] = ['a', 'b', 'c'] as const;
type Given = Parameters<typeof loggedEvent<'PersonRecorded'>>[1];
const at = (topic: string, offset: number) => ({ topic, partition: 0, offset, key: null, value: null, timestamp: 0 });
const about = (subject: string, offset: number, given: Given): OpenedMessage => ({
  ...at('involvement-log', offset),
  entry: { log: 'involvement-log', event: loggedEvent('PersonRecorded', given), place: { subject, partition: 0, offset } },
});
const said = (decision: IdentityDecision, offset: number): OpenedMessage => ({
  ...at('identity-log', offset),
  entry: { log: 'identity-log', decision, place: { partition: 0, offset, publishedAt: 0 } },
});
const assigned = (decision: number, subject: string, person: string): IdentityDecision => ({ type: 'RecordAssigned', decision, subject, person, reason: 'alone', modelVersion: '1' }); // prettier-ignore
const upTo = (decision: number, offset: number): IdentityDecision => ({ type: 'MatchedUpTo', decision, offsets: [{ partition: 0, offset }] }); // prettier-ignore
const ruled = (decision: number, reason: string): IdentityDecision => ({ type: 'RecordsKeptApart', decision, subject: A, other: B, reason, by: 'data-steward' }); // prettier-ignore
const chosen = (decision: number, settings: string): IdentityDecision => ({ type: 'MatchModelChosen', decision, modelVersion: '2', settings, by: 'operations' }); // prettier-ignore

interface Spoilt extends MatchingEvidence {
  said: IdentityDecision[];
  asked: AskedRuling[];
  decided: Map<number, Set<string>>;
  mustBeSaid: Set<number>;
}

/** Two records of one girl, whom a steward keeps apart, and then one of somebody else. An announcement was left out for the next. */
function rightly(spoil: (evidence: Spoilt) => void = () => undefined): string[] {
  const maya: Given = {
    names: [{ family: 'Brennan', given: ['Maya'] }],
    dateOfBirth: { date: '2015-03-14', precision: 'day' },
    identifiers: [{ type: 'nhs', value: '9434765919' }],
  };
  const told = [about(A, 0, maya), about(B, 1, { ...maya, source: 'synergy' }), about(C, 2, { names: [{ family: 'Ashdown' }] })];
  const decisions = [assigned(1, A, 'p'), assigned(2, B, 'p'), upTo(4, 2), ruled(5, 'one'), assigned(6, B, 'q'), assigned(7, C, 'r'), upTo(8, 3)]; // prettier-ignore
  const evidence: Spoilt = {
    messages: told,
    said: decisions,
    byTheBook,
    asked: [{ one: B, other: A, ruling: 'apart', reason: 'one' }],
    decided: new Map([...decisions, upTo(3, 1)].map((decision) => [decision.decision, new Set([textOf(decision)])])),
    mustBeSaid: new Set([1, 2, 3, 4, 5, 6, 7, 8]),
  };
  spoil(evidence);
  return judgeMatching({ ...evidence, messages: [...told, ...evidence.said.map(said)] });
}
/** Says one more, which was decided. */
const more = ({ said: all, decided }: Spoilt, decision: IdentityDecision) => {
  all.push(decision);
  decided.set(decision.decision, (decided.get(decision.decision) ?? new Set()).add(textOf(decision)));
};
const without = ({ said: all }: Spoilt, number: number) => all.splice(all.findIndex(({ decision }) => decision === number), 1); // prettier-ignore

it('What was matched as it should be has no problem', () => {
  expect(rightly()).toEqual([]);
});

it('A ruling is of two records, whichever of them is named first', () => {
  const theOtherWayRound: IdentityDecision = { type: 'RecordsKeptApart', decision: 5, subject: B, other: A, reason: 'one', by: 'data-steward' }; // prettier-ignore
  const problemsOf = rightly((all) => {
    all.said[3] = theOtherWayRound;
    all.decided.set(5, new Set([textOf(theOtherWayRound)]));
  });
  expect(problemsOf).toEqual([]);
});

const breaks: [string, (evidence: Spoilt) => void, string][] = [
  ['one number for two decisions', (all) => more(all, assigned(2, B, 's')), '1 numbers were given to two decisions: 2'],
  ['a number that is missing', (all) => without(all, 6), '1 numbers are missing, and were not those of an older announcement: 6'],
  ['one that is missing at the end', ({ mustBeSaid }) => mustBeSaid.add(9), '1 numbers are missing, and were not those of an older announcement: 9'],
  ['what was never decided', ({ decided }) => decided.set(7, new Set([textOf(assigned(7, C, 'p'))])), '1 decisions are in the log and were never decided: 7'],
  ['a ruling that was not followed', ({ asked }) => asked.push({ ...asked[0]!, reason: 'two' }), '1 rulings were not followed once: two was followed 0 times'],
  ['one that was followed twice', (all) => more(all, ruled(9, 'one')), '1 rulings were not followed once: one was followed 2 times'],
  ['one that was followed as another', ({ asked }) => (asked[0]!.ruling = 'together'), '1 rulings were not followed once: one was followed otherwise'],
  ['one that was followed of others', ({ asked }) => (asked[0]!.one = C), '1 rulings were not followed once: one was followed otherwise'],
  ['one that nobody has asked for', ({ asked }) => asked.pop(), '1 rulings were asked by nobody: one'],
  ['what is announced too early', ({ said: all }) => (all[2] = upTo(4, 3)), '1 announcements came before what they announce: 4 (1 groups of records)'],
  ['people who are others in the end', (all) => more(all, assigned(9, C, 'p')), '3 groups of records are others than the log makes them'],
  ['that nothing was announced', (all) => [4, 8].map((number) => without(all, number)), 'nothing was announced'],
]; // prettier-ignore

describe('The judge of matching notices', () => {
  it.each(breaks)('%s', (_, spoil, problem) => {
    expect(rightly(spoil)).toContain(problem);
  });

  it('what is announced too early but where events were passed over then', () => {
    const early = (unreadBetween?: { from: number; to: number }) =>
      rightly((all) => Object.assign(all, { unreadBetween }).said.splice(2, 1, upTo(4, 3))).filter((one) => one.includes('came before'));
    expect([undefined, { from: 2, to: 3 }, { from: 4, to: 8 }].map((where) => early(where).length)).toEqual([1, 1, 1]);
    expect(early({ from: 3, to: 4 })).toEqual([]);
  });
});

it('People are reckoned by the model that was chosen last before what is announced', () => {
  const settings: (string | undefined)[] = [];
  rightly((all) => {
    all.byTheBook = (chosenLast) => (settings.push(chosenLast), byTheBook());
    for (const decision of [chosen(9, 'first'), chosen(10, 'second'), upTo(11, 3), chosen(12, 'third')]) more(all, decision);
  });
  expect(settings).toEqual([undefined, 'second', 'third']);
});
