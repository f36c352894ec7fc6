import type { Snapshot, Statement } from '../snapshot.js';
import type { Answer, Ruling } from './answers.js';
import type { Pair } from './pair.js';

export interface OwnAnswer {
  pair: Pair;
  answer: Answer;
  /** Milliseconds since 1970. */
  givenAt: number;
  /** The last ruling about the pair since; null: it waits for others. */
  ruling: { id: string; ruling: Ruling; followed: boolean } | null;
}

/** How often two stewards, neither told of the other, came to the same. */
export interface Agreement {
  looked: number;
  agreed: number;
}

const AT_MOST = 20;

/** What the reader answered last. Of whoever is restricted since there is nothing behind it: here are tokens and codes alone. */
export function ownAnswers(snapshot: Snapshot, reader: string): Promise<OwnAnswer[]> {
  return snapshot.rows<OwnAnswer>(OWN, [reader, AT_MOST]);
}

export async function readAgreement(snapshot: Snapshot): Promise<Agreement> {
  const [counted] = await snapshot.rows<Agreement>(AGREEMENT, []);
  return counted!;
}

const OWN: Statement = {
  name: 'answers-of-steward',
  text: `
    SELECT json_build_object('one', one, 'other', other) AS pair, answer, (extract(epoch FROM given_at) * 1000)::float8 AS "givenAt",
           (SELECT json_build_object('id', id, 'ruling', ruling, 'followed', followed_at IS NOT NULL) FROM decided.pair_ruling since
            WHERE since.one = said.one AND since.other = said.other AND since.decided_at > said.given_at ORDER BY number DESC LIMIT 1) AS ruling
    FROM decided.opinion said WHERE steward = $1 ORDER BY given_at DESC LIMIT $2`,
};

/** The first two answers of each pair that say something: a third is given to whoever is to decide between them. */
const AGREEMENT: Statement = {
  name: 'agreement-of-stewards',
  text: `
    SELECT count(*)::int AS looked, (count(*) FILTER (WHERE first = second))::int AS agreed
    FROM (SELECT (array_agg(answer ORDER BY given_at))[1] AS first, (array_agg(answer ORDER BY given_at))[2] AS second
          FROM decided.opinion WHERE answer <> 'cannot-tell' GROUP BY one, other HAVING count(*) > 1) twice`,
};
