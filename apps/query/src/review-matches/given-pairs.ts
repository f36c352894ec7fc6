import { nextOf, restricts } from '#lib/read-model';
import { knownTo } from '../policy/known-to.js';
import type { Statement } from '../snapshot.js';
import { tookPart } from './kept-opinions.js';
import { isThere, type Queued } from './order-pairs.js';
import type { Pair } from './pair.js';

/**
 * Which of these pairs may be given to this reader. Nothing is there of whoever is restricted, or may be, nor of whom the reader has said to know, nor what they
 * have answered before, nor what was decided after the pairs were listed.
 * @param reader nobody: empty
 * @param listedAt milliseconds since 1970, by the read model's database
 */
export async function givenTo<P extends Pair>(from: Queued, pairs: readonly P[], reader: string, listedAt: number): Promise<P[]> {
  const places = await from.rows<{ place: number }>(GIVEN, [
    reader,
    from.authority.caseManagementSystem,
    pairs.map(({ one }) => one),
    pairs.map(({ other }) => other),
    listedAt,
  ]);
  return places.map(({ place }) => pairs[place - 1]!);
}

const GIVEN: Statement = {
  name: 'pairs-for-steward',
  text: `
    WITH RECURSIVE waiting AS MATERIALIZED (
      SELECT w.one, w.other, w.place
      FROM unnest($3::uuid[], $4::uuid[]) WITH ORDINALITY w (one, other, place)
      JOIN record a ON a.subject = w.one
      JOIN record b ON b.subject = w.other
      WHERE ${isThere('a')} AND ${isThere('b')}
        AND NOT EXISTS (SELECT FROM decided.opinion mine WHERE mine.one = w.one AND mine.other = w.other AND mine.steward = $1)
        AND NOT ${tookPart('w', '$1')}
        AND NOT EXISTS (SELECT FROM decided.pair_ruling made WHERE made.one = w.one AND made.other = w.other
                        AND (made.handed_over_at IS NULL OR made.decided_at > to_timestamp($5::float8 / 1000) AND made.ruling <> 'none' AND NOT EXISTS (
                          SELECT FROM decided.pair_ruling later WHERE later.one = w.one AND later.other = w.other AND later.number > made.number)))),
    reached (root, subject) AS (
      SELECT side.subject, side.subject FROM (SELECT one AS subject FROM waiting UNION SELECT other FROM waiting) side
      UNION
      SELECT reached.root, next.subject FROM reached, LATERAL (${nextOf('reached')}) next),
    unseen AS MATERIALIZED (
      SELECT r.subject FROM record r
      WHERE r.subject = ANY (ARRAY (SELECT DISTINCT subject FROM reached)) AND (${restricts('r', '$2')} OR ${knownTo('$1', 'r', '$2')})),
    hidden AS MATERIALIZED (SELECT DISTINCT root FROM reached JOIN unseen USING (subject))
    SELECT place::int FROM waiting WHERE NOT one IN (SELECT root FROM hidden) AND NOT other IN (SELECT root FROM hidden) ORDER BY place`,
};
