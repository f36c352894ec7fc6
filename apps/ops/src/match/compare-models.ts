import { hash } from 'node:crypto';
import type { Client } from 'pg';
import { liveGeneration } from '#lib/read-model';
import { NotDoneError } from '../errors.js';
import { carefulSources } from '../expected-sources.js';
import { inReadModel } from '../in-read-model.js';
import { tableOf } from '../print.js';
import { type ChangedPair, countModels, type ModelCounts, reachOfChanges } from './model-counts.js';
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
  pairs: ChangedPair[];
}

/** Compares, and keeps the counts for whoever approves. An approval of others goes, unless only what has come since makes the difference. */
export async function compareModels(client: Client, candidate: ListedModel): Promise<Comparison> {
  const { counts, pairs, at } = await countModels(client);
  if (candidate.approvedBy === null || (await movedSince(client, candidate, counts)) !== undefined)
    await client.query(
      `UPDATE matcher.model SET comparison = $2, compared_at = $3, approved_by = NULL, approved_at = NULL WHERE id = $1 AND state = 'built' AND wanted IS NULL`,
      [candidate.id, JSON.stringify(counts), at],
    );
  const bySources = await countedBySources(pairs);
  const withCare = bySources.reduce((sum, { gained, lost, withCare: careful }) => sum + (careful ? gained + lost : 0), 0);
  return { code: codeOf(counts), counts, bySources, withCare, pairs };
}

export const codeOf = (counts: ModelCounts): string => hash('sha256', JSON.stringify(inOrder(counts)), 'hex').slice(0, 8);

/** PostgreSQL keeps the fields of JSON in an order of its own. */
function inOrder({ people, reviews, rulingsAgainst, ...counts }: ModelCounts): unknown {
  const ways = [people, reviews, rulingsAgainst].map(({ now, after }) => [now, after]);
  return [ways, counts.records, counts.split, counts.merged, counts.moved, counts.joinsGained, counts.joinsLost];
}

const DAY_MS = 86_400_000;

/** Why what was compared says nothing of today; undefined where it still does. */
export async function movedSince(
  client: Client,
  { comparison, comparedAt }: ListedModel,
  counts: ModelCounts,
): Promise<string | undefined> {
  if (comparison === null || comparedAt === null) return 'It was not compared yet';
  if (Date.now() - comparedAt.getTime() > 7 * DAY_MS) return 'It was compared more than seven days ago';
  const moves = (Object.keys(comparison) as (keyof ModelCounts)[]).map((of) => Math.abs(asNumber(comparison[of]) - asNumber(counts[of])));
  const reach = await reachOfChanges(client, comparedAt);
  return Math.max(...moves) > reach ? 'The counts have moved since by more than the records that came since explain' : undefined;
}
const asNumber = (count: ModelCounts[keyof ModelCounts]): number => (typeof count === 'number' ? count : count.after);

/** @throws NotDoneError where what was compared says nothing of today */
export async function refuseMoved(client: Client, candidate: ListedModel): Promise<void> {
  const why = await movedSince(client, candidate, (await countModels(client)).counts);
  if (why !== undefined) throw new NotDoneError(`${why}: look again, npm run ops -- match model --compare.`);
}

async function countedBySources(pairs: readonly ChangedPair[]): Promise<Comparison['bySources']> {
  if (pairs.length === 0) return [];
  const sources = await inReadModel(async (pool) => {
    const { schema } = await liveGeneration(pool);
    const subjects = [...new Set(pairs.flatMap(({ one, other }) => [one, other]))];
    const { rows } = await pool.query<{ subject: string; source: string }>(
      `SELECT subject, source FROM ${schema}.record WHERE subject = ANY($1::uuid[])`,
      [subjects],
    );
    return new Map(rows.map(({ subject, source }) => [subject, source]));
  });
  const careful = carefulSources();
  const sourceOf = (subject: string) => sources.get(subject) ?? 'not in the index yet';
  const groups = Map.groupBy(pairs, ({ one, other }) => [sourceOf(one), sourceOf(other)].sort().join(' + '));
  return [...groups]
    .map(([names, of]) => ({
      sources: names,
      gained: of.filter(({ change }) => change === 'gained').length,
      lost: of.filter(({ change }) => change === 'lost').length,
      withCare: of.slice(0, 1).some(({ one, other }) => careful.has(sourceOf(one)) || careful.has(sourceOf(other))),
    }))
    .sort((a, b) => b.gained + b.lost - a.gained - a.lost || (a.sources < b.sources ? -1 : 1));
}

const PAIRS_SHOWN = 20;

/** The comparison for people. */
export function comparisonLines({ id, version, waiting }: ListedModel, { code, counts, bySources, withCare, pairs }: Comparison): string[] {
  const { people, reviews, rulingsAgainst } = counts;
  const measures = [
    ['records', String(counts.records)],
    ['people', `${people.now}, then ${people.after}`],
    ['people split', String(counts.split)],
    ['people merged', String(counts.merged)],
    ['records moved to another person', String(counts.moved)],
    ['joins gained', String(counts.joinsGained)],
    ['joins lost', String(counts.joinsLost)],
    ['of these with a service matched with care', String(withCare)],
    ['pairs for a steward', `${reviews.now}, then ${reviews.after}`],
    ['rulings by hand it would contradict', `${rulingsAgainst.now}, then ${rulingsAgainst.after}`],
  ];
  const SOURCES = { sources: of('sources'), gained: of('gained'), lost: of('lost'), 'with care': of('withCare') };
  return [
    `Model ${id} (${version}) beside the live one, comparison ${code}:`,
    tableOf(measures, { '': ([what]) => what!, count: ([, count]) => count! }),
    ...(bySources.length > 0 ? ['', tableOf(bySources, SOURCES)] : []),
    ...(pairs.length > 0 ? ['', tableOf(pairs.slice(0, PAIRS_SHOWN), PAIRS)] : []),
    ...(pairs.length > PAIRS_SHOWN ? [`and ${pairs.length - PAIRS_SHOWN} more: --json lists all.`] : []),
    ...(waiting > 0 ? ['', `${waiting} records have changed and are not looked at again yet: compare once more when they are.`] : []),
    '',
    `Somebody other than who proposed it approves just this: npm run ops -- match model --approve ${code} --reason "…"`,
  ];
}

function of<Row>(field: keyof Row) {
  return (row: Row): string => (row[field] === true ? 'yes' : row[field] === false ? '' : String(row[field]));
}

const PAIRS: Record<string, (pair: ChangedPair) => string> = {
  join: ({ change }) => change,
  'the one record': ({ one }) => one,
  'the other': ({ other }) => other,
  now: ({ now }) => saidOf(now),
  after: ({ after }) => saidOf(after),
};

/** A pair that is apart may still be of one person, through others. */
function saidOf(said: ChangedPair['now']): string {
  if (said === null) return 'apart';
  const { zone, weight, caps } = said;
  return [zone, (weight / 1000).toFixed(1), ...caps].join(' ');
}
