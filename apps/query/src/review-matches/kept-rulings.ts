import { Inject, Injectable } from '@nestjs/common';
import type { ReadModelPool } from '#lib/read-model';
import { OPERATIONS } from '../providers.js';
import { rowsOfDecided } from '../rows-of-decided.js';
import type { RulingOfPair, RulingToAsk } from './matcher-door.js';
import type { Pair } from './pair.js';

/** A ruling that was handed over. */
export interface FollowedRuling extends RulingToAsk {
  /** No later one is about its pair. */
  last: boolean;
}

/** One of a pair's, with how far it has come. */
export interface RulingOfOne extends RulingOfPair {
  handedOver: boolean;
  followed: boolean;
}

/** Rulings that are not handed over, and how long the oldest is not, and the oldest that is handed over is not in the log; in seconds, 0 where there is none. */
export interface Unfollowed {
  toHandOver: number;
  notHandedOver: number;
  notInLog: number;
}

/** Rulings of stewards on their way to the matcher. Throws ReadModelUnavailable. */
@Injectable()
export class KeptRulings {
  constructor(@Inject(OPERATIONS) private readonly pool: ReadModelPool) {}

  /** Those that the matcher has not been asked for yet, in their order. */
  toHandOver(): Promise<RulingToAsk[]> {
    return rowsOfDecided(this.pool, TO_HAND_OVER);
  }

  /** All about a pair, in their order. */
  ofPair({ one, other }: Pair): Promise<RulingOfOne[]> {
    return rowsOfDecided(this.pool, OF_PAIR, [one, other]);
  }

  async noteHandedOver(id: string): Promise<void> {
    await rowsOfDecided(
      this.pool,
      'UPDATE decided.pair_ruling SET handed_over_at = clock_timestamp() WHERE id = $1 AND handed_over_at IS NULL',
      [id],
    );
  }

  /** Those that the matcher was asked for and that were not seen in the log yet, in their order. */
  toFollow(): Promise<FollowedRuling[]> {
    return rowsOfDecided(this.pool, TO_FOLLOW);
  }

  /** Whether no later ruling is about the pair by now. */
  async isLast({ id }: RulingToAsk): Promise<boolean> {
    return (await rowsOfDecided(this.pool, IS_LAST, [id])).length > 0;
  }

  async noteFollowed(ids: readonly string[]): Promise<void> {
    await rowsOfDecided(this.pool, 'UPDATE decided.pair_ruling SET followed_at = clock_timestamp() WHERE id = ANY ($1::uuid[])', [ids]);
  }

  async unfollowed(): Promise<Unfollowed> {
    const [waited] = await rowsOfDecided<Unfollowed>(this.pool, UNFOLLOWED);
    return waited!;
  }
}

const TO_HAND_OVER = `
  SELECT id, one, other, ruling, reason FROM decided.pair_ruling WHERE handed_over_at IS NULL ORDER BY number LIMIT 500`;

const OF_PAIR = `
  SELECT id, one, other, ruling, handed_over_at IS NOT NULL AS "handedOver", followed_at IS NOT NULL AS followed
  FROM decided.pair_ruling WHERE one = $1 AND other = $2 ORDER BY number`;

const LAST =
  'NOT EXISTS (SELECT FROM decided.pair_ruling later WHERE later.one = made.one AND later.other = made.other AND later.number > made.number)';

const IS_LAST = `SELECT FROM decided.pair_ruling made WHERE id = $1 AND ${LAST}`;

const TO_FOLLOW = `
  SELECT id, one, other, ruling, reason, ${LAST} AS last,
         (SELECT ruling FROM decided.pair_ruling earlier WHERE earlier.one = made.one AND earlier.other = made.other AND earlier.number < made.number
          ORDER BY number DESC LIMIT 1) AS before
  FROM decided.pair_ruling made WHERE followed_at IS NULL AND handed_over_at IS NOT NULL ORDER BY number LIMIT 500`;

const secondsSince = (instant: string, where = 'true') =>
  `coalesce(extract(epoch FROM clock_timestamp() - min(${instant}) FILTER (WHERE ${where})), 0)::float8`;

const UNFOLLOWED = `
  SELECT count(*) FILTER (WHERE handed_over_at IS NULL)::int AS "toHandOver",
         ${secondsSince('decided_at', 'handed_over_at IS NULL')} AS "notHandedOver",
         ${secondsSince('handed_over_at')} AS "notInLog"
  FROM decided.pair_ruling WHERE followed_at IS NULL`;
