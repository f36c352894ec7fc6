import { allGenerations, type ListedGeneration, type Queryable } from '#lib/read-model';

interface Comparison {
  rows: number;
  differences: number;
  share: number;
  comparedAt: number;
}

/** A generation with the last comparison between it and the one that was live then. */
export interface ComparedGeneration extends ListedGeneration {
  lastComparison: Comparison | null;
}

/** All generations there ever were, oldest first. */
export async function comparedGenerations(client: Queryable): Promise<ComparedGeneration[]> {
  const { rows } = await client.query(`
    SELECT DISTINCT ON (beside) beside, rows_compared AS rows, differences, share, (extract(epoch FROM compared_at) * 1000)::bigint AS "comparedAt"
    FROM control.comparison WHERE beside IS NOT NULL ORDER BY beside, compared_at DESC`);
  const last = new Map((rows as (Comparison & { beside: number })[]).map(({ beside, ...comparison }) => [beside, comparison]));
  return (await allGenerations(client)).map((generation) => ({ ...generation, lastComparison: last.get(generation.id) ?? null }));
}

/** Events a second of the last build that became ready, with all its stages; null: there was none. */
export function rateOfLastBuild(generations: readonly ListedGeneration[]): number | null {
  const built = generations.filter(({ readyAt, eventsTotal }) => readyAt !== null && eventsTotal !== null).at(-1);
  return built ? (built.eventsTotal! * 1_000) / Math.max(1, built.readyAt! - built.createdAt) : null;
}
