import type { IdentityDecision } from '#lib/events';
import { DEFAULT_MODEL, loadMatchModel } from '#lib/matching';
import { judgeMatching, textOf } from './judge-matching.js';
import { PeopleByTheBook } from './people-by-the-book.js';

const retired = (decision: number): IdentityDecision => ({ type: 'PersonRetired', decision, person: 'one', into: 'another' });
const announced = (decision: number): IdentityDecision => ({ type: 'MatchedUpTo', decision, offsets: [] });

/** @param said in one partition, in this order */
function problems(...said: IdentityDecision[]): string[] {
  const decided = new Map(said.map((decision) => [decision.decision, new Set([textOf(decision)])]));
  return judgeMatching({
    messages: said.map((decision, offset) => ({
      topic: 'identity-log',
      partition: 0,
      offset,
      key: null,
      value: null,
      timestamp: 0,
      entry: { log: 'identity-log', decision, place: { partition: 0, offset, publishedAt: 0 } },
    })),
    byTheBook: () => new PeopleByTheBook(loadMatchModel(DEFAULT_MODEL), 'deploy/authority/northbridge.json'),
    asked: [],
    decided,
    mustBeSaid: new Set(decided.keys()),
  });
}

it.each<[string, IdentityDecision[]]>([
  ['in order', [retired(1), announced(2), retired(3)]],
  ['again, all of it', [retired(1), announced(2), retired(1), announced(2)]],
  ['again, with an announcement that was left out meanwhile', [retired(1), retired(3), announced(4), retired(1), announced(2)]],
])('Decisions may be said %s', (_, said) => {
  expect(problems(...said)).toEqual([]);
});

it.each<[string, IdentityDecision[]]>([
  ['another decision', [retired(1), retired(3), announced(4), retired(2)]],
  ['an announcement that none has overtaken', [retired(1), retired(3), announced(2)]],
])('Never does %s come after greater ones for the first time', (_, said) => {
  expect(problems(...said)).toEqual(['1 decisions come after greater ones for the first time: 2 in partition 0']);
});
