import type { Snapshot, Statement } from '../snapshot.js';
import type { Answer, Ruling } from './answers.js';
import type { Pair } from './pair.js';

export interface OwnAnswer {
  pair: Pair;
  answer: Answer;
  /** Milliseconds since 1970. */
  givenAt: number;
  /** The last ruling about the pair since; null: it waits for others. */
  ruling: { id: string; ruling: Ruling; followed: boolean; askedBack: boolean } | null;
}

/** How often two stewards, neither told of the other, came to the same, of the last pairs that two have looked at. */
export interface Agreement {
  looked: number;
  agreed: number;
}

const AT_MOST = 20;
export const LAST_LOOKS = 1_000;

/** What the reader answered last. Of whoever is restricted since there is nothing behind it: here are tokens and codes alone. */
export function ownAnswers(snapshot: Snapshot, reader: string): Promise<OwnAnswer[]> {
  return snapshot.rows<OwnAnswer>(OWN, [reader, AT_MOST]);
}

export async function readAgreement(snapshot: Snapshot): Promise<Agreement> {
  const [counted] = await snapshot.rows<Agreement>(AGREEMENT, [LAST_LOOKS]);
  return counted!;
}

const OWN: Statement = {
  name: 'answers-of-steward',
  text: `
    SELECT json_build_object('one', one, 'other', other) AS pair, answer, (extract(epoch FROM given_at) * 1000)::float8 AS "givenAt",
           (SELECT json_build_object('id', id, 'ruling', ruling, 'followed', followed_at IS NOT NULL,
                                     'askedBack', EXISTS (SELECT FROM decided.take_back WHERE ruling = since.id AND steward = $1)) FROM decided.pair_ruling since
            WHERE since.one = said.one AND since.other = said.other AND since.decided_at > said.given_at ORDER BY number DESC LIMIT 1) AS ruling
    FROM decided.opinion said WHERE steward = $1 ORDER BY given_at DESC LIMIT $2`,
};

const AGREEMENT: Statement = {
  name: 'agreement-of-stewards',
  text: `
    SELECT count(*)::int AS looked, (count(*) FILTER (WHERE agreed))::int AS agreed
    FROM (SELECT agreed FROM decided.opinion WHERE agreed IS NOT NULL ORDER BY given_at DESC LIMIT $1) second_look`,
};
