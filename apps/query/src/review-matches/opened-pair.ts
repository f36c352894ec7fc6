import { Inject, Injectable } from '@nestjs/common';
import type { ReadModelPool } from '#lib/read-model';
import { OPERATIONS } from '../providers.js';
import { rowsOfDecided } from '../rows-of-decided.js';
import type { Asker } from '../sign-in/reader.js';
import type { WaitingPair } from './matcher-door.js';
import { isThere, type Queued } from './order-pairs.js';
import type { Pair } from './pair.js';

/** Why a steward looks at two records that nobody has asked about: a code in the audit log for ever. */
export const OPENING_REASONS = {
  'worker-asked': 'A worker has asked about them',
  'source-asked': 'The team of a source has asked about them',
  'decided-before': 'To look again at what was decided',
  'same-mistake': 'To look for a mistake that was found elsewhere',
} as const;
export type OpeningReason = keyof typeof OPENING_REASONS;

/** Which two records stewards have opened by their IDs. Throws ReadModelUnavailable. */
@Injectable()
export class OpenedPairs {
  constructor(@Inject(OPERATIONS) private readonly pool: ReadModelPool) {}

  async keep({ reader }: Asker, { one, other }: Pair, because: OpeningReason): Promise<void> {
    await rowsOfDecided(this.pool, OPEN, [one, other, reader.id, because]);
  }
}

/** Pairs that wait for another steward because one has opened them and answered, and that made no ruling. */
export const openedPairs = (from: Queued): Promise<WaitingPair[]> => from.rows<WaitingPair>({ name: 'opened-pairs', text: SAID }, []);

/** Longer than this nobody needs for one look. */
const OPEN_FOR = `interval '1 hour'`;

/** SQL: whether this steward has opened a pair a short while ago. */
export const isOpenedByOwn = (one: string, other: string, steward: string): string => `EXISTS (
      SELECT FROM decided.opened_pair opened WHERE opened.one = ${one} AND opened.other = ${other}
        AND opened.steward = ${steward} AND opened.opened_at > clock_timestamp() - ${OPEN_FOR})`;

/** SQL: whether any steward has opened a pair, and one has answered: it waits for the others. */
export const isOpenedAndAnswered = (one: string, other: string): string => `EXISTS (
      SELECT FROM decided.opened_pair opened WHERE opened.one = ${one} AND opened.other = ${other} AND ${spokenOf('opened')})`;

const spokenOf = (pair: string) =>
  `EXISTS (SELECT FROM decided.opinion_that_counts said WHERE said.one = ${pair}.one AND said.other = ${pair}.other)`;

const OPEN = `
  INSERT INTO decided.opened_pair (one, other, steward, because) VALUES ($1, $2, $3, $4)
  ON CONFLICT (one, other, steward) DO UPDATE SET because = EXCLUDED.because, opened_at = clock_timestamp()`;

const SAID = `
  SELECT one, other, (extract(epoch FROM min(opened_at)) * 1000)::float8 AS since FROM decided.opened_pair opened
  WHERE ${spokenOf('opened')} AND 2 = (SELECT count(*) FROM record r WHERE r.subject IN (opened.one, opened.other) AND ${isThere('r')})
  GROUP BY one, other ORDER BY since, one, other LIMIT 500`;
