import type { Snapshot, Statement } from '../snapshot.js';
import type { KeptWords } from '../kept-words.js';
import { readPeopleOfRecords } from '../view-person/read-people.js';
import type { Answer, Reason, Ruling } from './answers.js';
import { type ClaimedPair, readClaimed } from './claimed-pair.js';
import { type DoubtedPair, readDoubted } from './doubted-pair.js';
import { type AskedToTakeBack, type KeptOpinions, ownRuling, takeBackOf, tookPart } from './kept-opinions.js';
import type { PairNow } from './matcher-door.js';
import { isOpenedAndAnswered, isOpenedByOwn } from './opened-pair.js';
import type { Pair } from './pair.js';
import type { AtMatcher } from './pair-at-matcher.js';
import { type OwnedRecord, ownedRecord } from './record-label.js';
import { verdictOf } from './verdict.js';

/** What the reader has said of a pair. */
export interface OwnOpinion {
  answer: Answer;
  reason: Reason;
  words: KeptWords;
  /** Milliseconds since 1970. */
  givenAt: number;
}

/** The last ruling about a pair. */
export interface LastRuling {
  ruling: Ruling;
  /** The reader's opinion has made it one. */
  own: boolean;
  takenUp: boolean;
  decidedAt: number;
  takeBack: AskedToTakeBack;
}

/** Two records that the reader may see beside each other, and how they stand. */
export interface Reviewed extends PairNow {
  pair: Pair;
  sides: [OwnedRecord, OwnedRecord];
  mine: OwnOpinion | null;
  /** It waits for this reader's answer. */
  asksForAnswer: boolean;
  /** Stewards have come to different answers since the last ruling. */
  differ: boolean;
  /** How many rulings there have been. */
  rulings: number;
  last: LastRuling | null;
  /** Readers have doubted that they are of one person; null: nobody has, or it is settled. */
  doubted: DoubtedPair | null;
  /** Readers have said that they are of one person, and they are shown as two; null: nobody has, or it is settled. */
  claimed: ClaimedPair | null;
  /** This steward has asked for them. That another has is not told: an answer is given blind. */
  opened: boolean;
}

/** The decision that stands; null: there is none. */
export const standingRuling = ({ last }: Pick<Reviewed, 'last'>): LastRuling | null =>
  last === null || last.ruling === 'none' ? null : last;

/** Whether the reader may take back the decision that stands: it is their own, or another has asked for it. Who has asked already waits. */
export function canTakeBack(reviewed: Reviewed): boolean {
  const standing = standingRuling(reviewed);
  return standing !== null && !standing.takeBack.byOwn && (standing.own || standing.takeBack.byOther);
}

interface Stored {
  mine: (Omit<OwnOpinion, 'words'> & { id: string; sealed: string | null }) | null;
  answers: Answer[];
  openedByOwn: boolean;
  openedAndAnswered: boolean;
  tookPart: boolean;
  rulings: (Omit<LastRuling, 'takenUp'> & { id: string })[];
}

/**
 * A pair that waits for this reader, for an answer or to be taken back, or that they have answered; null: there is none of that kind. Whoever is restricted, or may
 * be, and whom the reader has said to know are in no pair. One that was ruled upon since the matcher was asked does not wait.
 */
export async function readReviewed(
  snapshot: Snapshot,
  { atMatcher, kept }: { atMatcher: AtMatcher; kept: KeptOpinions },
  reader: string,
  pair: Pair,
): Promise<Reviewed | null> {
  const { one, other } = pair;
  const [[stored], doubted, claimed, people] = await Promise.all([
    snapshot.rows<Stored>(STANDING, [one, other, reader]),
    readDoubted(snapshot, pair),
    readClaimed(snapshot, pair),
    readPeopleOfRecords(snapshot, [one, other]),
  ]);
  const { mine, answers, openedByOwn: opened, openedAndAnswered, rulings } = stored!;
  const last = rulings.at(-1);
  const sides = [one, other].map((subject) => ownedRecord(people, subject, snapshot.authority));
  const { since, joined, takenUp, handedOver } = atMatcher;
  const asked = since !== null || doubted !== null || (claimed !== null && !joined) || opened || openedAndAnswered;
  const isAsItWas = handedOver && atMatcher.rulings === rulings.length;
  const asksForAnswer = mine === null && !stored!.tookPart && asked && isAsItWas;
  const asksToTakeBack = isAsItWas && last !== undefined && last.takeBack.byOther;
  if (sides.includes(null) || (mine === null && !asksForAnswer && !asksToTakeBack)) return null;
  const owned = sides as [OwnedRecord, OwnedRecord];
  for (const { person, subjects } of ownersOf({ sides: owned })) snapshot.madeOf(person, subjects);
  return {
    since,
    joined,
    pair,
    sides: owned,
    mine: mine && { ...mine, words: kept.wordsOf(mine.id, mine.sealed) },
    asksForAnswer,
    differ: verdictOf(answers, 2).outcome === 'differ',
    rulings: rulings.length,
    doubted,
    claimed,
    opened,
    last: last === undefined ? null : { ...last, takenUp: takenUp.has(last.id) },
  };
}

/** Whose the two records are, as it is on record: one entry for each person. */
export const ownersOf = ({ sides }: Pick<Reviewed, 'sides'>): { person: string; subjects: string[] }[] =>
  [...Map.groupBy(sides, (side) => side.person.person)].map(([person, own]) => ({
    person,
    subjects: own.map(({ record }) => record.subject),
  }));

const ms = (instant: string) => `(extract(epoch FROM ${instant}) * 1000)::float8`;

const STANDING: Statement = {
  name: 'pair-as-it-stands',
  text: `
    SELECT (SELECT json_build_object('id', id, 'answer', answer, 'reason', reason, 'givenAt', ${ms('given_at')}, 'sealed', encode(sealed, 'base64'))
            FROM decided.opinion WHERE one = $1 AND other = $2 AND steward = $3) AS mine,
           ARRAY (SELECT answer FROM decided.opinion_that_counts WHERE one = $1 AND other = $2) AS answers,
           ${isOpenedByOwn('$1', '$2', '$3')} AS "openedByOwn", ${isOpenedAndAnswered('$1', '$2')} AS "openedAndAnswered", ${tookPart('pair', '$3')} AS "tookPart",
           (SELECT coalesce(json_agg(json_build_object('id', id, 'ruling', ruling, 'own', ${ownRuling('made', '$3')}, 'decidedAt', ${ms('decided_at')},
                                                       'takeBack', ${takeBackOf('made', '$3')}) ORDER BY number), '[]')
            FROM decided.pair_ruling made WHERE one = $1 AND other = $2) AS rulings
    FROM (SELECT $1::uuid AS one, $2::uuid AS other) pair`,
};
