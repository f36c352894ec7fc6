import { hash } from 'node:crypto';
import type { Client } from 'pg';
import { liveGeneration } from '#lib/read-model';
import { NotDoneError } from '../errors.js';
import { carefulSources } from '../expected-sources.js';
import { inReadModel } from '../in-read-model.js';
import { type ChangedPair, changedBySources, noteChanged, noteSources, somePairs } from './changed-pairs.js';
import { countModels, type ModelCounts, reachOfChanges } from './model-counts.js';
import type { ListedModel } from './models.js';

/** How the candidate and the live model differ. */
export interface Comparison {
  /** Says which counts these are: who approves names it. */
  code: string;
  counts: ModelCounts;
  /** Joins that come and go, by the two sources. */
  bySources: { sources: string; gained: number; lost: number; withCare: boolean }[];
  /** Of the joins that come or go, those with a record of a service matched with care. */
  withCare: number;
  /** Some of those pairs. */
  pairs: ChangedPair[];
  /** How many there are beside them. */
  more: number;
}

/**
 * Compares, and keeps the counts for whoever approves. An approval of others goes, unless only what has come since makes the difference.
 * @param atMost so many pairs gained are listed, and so many lost
 */
export async function compareModels(client: Client, candidate: ListedModel, atMost: number): Promise<Comparison> {
  const { counts, pairs, at } = await atOneInstant(client, atMost);
  if (candidate.approvedBy === null || (await movedSince(client, candidate, counts)) !== undefined)
    await client.query(
      `UPDATE matcher.model SET comparison = $2, compared_at = $3, approved_by = NULL, approved_at = NULL WHERE id = $1 AND state = 'built' AND wanted IS NULL`,
      [candidate.id, JSON.stringify(counts), at],
    );
  const bySources = pairs.length === 0 ? [] : await countedBySources(client);
  const withCare = bySources.reduce((sum, { gained, lost, withCare: careful }) => sum + (careful ? gained + lost : 0), 0);
  const more = counts.joinsGained + counts.joinsLost - pairs.length;
  return { code: codeOf(counts), counts, bySources, withCare, pairs, more };
}

/** All that is read of the matcher's own tables. They are let go of again before anything else is asked, so that a candidate can be dropped. */
async function atOneInstant(client: Client, atMost: number): Promise<{ counts: ModelCounts; pairs: ChangedPair[]; at: Date }> {
  await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ');
  try {
    const { rows } = await client.query<{ at: Date }>('SELECT now() AS at');
    const counts = await countModels(client);
    await noteChanged(client);
    const pairs = await somePairs(client, atMost);
    await client.query('COMMIT');
    return { counts, pairs, at: rows[0]!.at };
  } catch (error) {
    await client.query('ROLLBACK');
    throw error;
  }
}

export const codeOf = (counts: ModelCounts): string => hash('sha256', JSON.stringify(inOrder(counts)), 'hex').slice(0, 8);

/** PostgreSQL keeps the fields of JSON in an order of its own. */
function inOrder({ people, reviews, rulingsAgainst, ...counts }: ModelCounts): unknown {
  const ways = [people, reviews, rulingsAgainst].map(({ now, after }) => [now, after]);
  return [ways, counts.records, counts.split, counts.merged, counts.moved, counts.joinsGained, counts.joinsLost];
}

const DAY_MS = 86_400_000;

/** Why what was compared says nothing of today; undefined where it still does. */
async function movedSince(client: Client, { comparison, comparedAt }: ListedModel, counts: ModelCounts): Promise<string | undefined> {
  if (comparison === null || comparedAt === null) return 'It was not compared yet';
  if (Date.now() - comparedAt.getTime() > 7 * DAY_MS) return 'It was compared more than seven days ago';
  const moves = (Object.keys(comparison) as (keyof ModelCounts)[]).map((of) => Math.abs(asNumber(comparison[of]) - asNumber(counts[of])));
  const reach = await reachOfChanges(client, comparedAt);
  return Math.max(...moves) > reach ? 'The counts have moved since by more than the records that came since explain' : undefined;
}
const asNumber = (count: ModelCounts[keyof ModelCounts]): number => (typeof count === 'number' ? count : count.after);

/** @throws NotDoneError where what was compared says nothing of today */
export async function refuseMoved(client: Client, candidate: ListedModel): Promise<void> {
  const why = await movedSince(client, candidate, await countModels(client));
  if (why !== undefined) throw new NotDoneError(`${why}: look again, npm run ops -- match model --compare.`);
}

async function countedBySources(client: Client): Promise<Comparison['bySources']> {
  await inReadModel(async (pool) => noteSources(client, pool, (await liveGeneration(pool)).schema));
  const careful = carefulSources();
  return (await changedBySources(client)).map(({ sources, gained, lost }) => ({
    sources: sources.join(' + '),
    gained,
    lost,
    withCare: sources.some((source) => careful.has(source)),
  }));
}
