import type { Snapshot, Statement } from '../snapshot.js';
import type { Pair } from './pair.js';

/** A decision that a steward asks to take back, which takes another. `askedAt`: milliseconds since 1970. */
export interface TakeBack {
  pair: Pair;
  askedAt: number;
}

const AT_MOST = 50;

/** What stewards ask to take back and this one has not; also of whoever may not be seen. The longest asked for first. */
export const readTakeBacks = (snapshot: Snapshot, reader: string): Promise<TakeBack[]> => snapshot.rows<TakeBack>(ASKED, [reader, AT_MOST]);

const ASKED: Statement = {
  name: 'rulings-to-take-back',
  text: `
    SELECT json_build_object('one', one, 'other', other) AS pair, (extract(epoch FROM min(asked_at)) * 1000)::float8 AS "askedAt"
    FROM decided.take_back asked JOIN decided.pair_ruling made ON made.id = asked.ruling
    WHERE NOT EXISTS (SELECT FROM decided.pair_ruling later WHERE later.one = made.one AND later.other = made.other AND later.number > made.number)
    GROUP BY made.id HAVING NOT bool_or(asked.steward = $1) ORDER BY "askedAt", made.id LIMIT $2`,
};
