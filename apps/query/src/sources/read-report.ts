import type { Authority } from '../authority.js';
import { londonDay } from '../day-words.js';
import { DAYS, readSourceDays } from '../ops-pages/read-source-days.js';
import { readSources } from '../ops-pages/read-sources.js';
import type { Sight } from '../ops-pages/sight.js';
import { readScore } from './read-score.js';

const REFUSALS_AT_MOST = 100;

/** Everything that the page and the interface tell of one source, in one snapshot. */
export async function readReport(sight: Sight, authority: Authority, source: string) {
  const watched = (await readSources(sight, authority)).find(({ id }) => id === source)!;
  const days = (await readSourceDays(sight, [source])).get(source)!;
  const since = londonDay(sight.now - (DAYS - 1) * 86_400_000);
  const rows = async <Row>(text: string, values: unknown[]) => (await sight.query(text, values)).rows as Row[];
  return {
    watched,
    days,
    coverage: await rows<Coverage>(COVERAGE, [source, sight.live.partitions]),
    received: await rows<Received>(RECEIVED, [source, since]),
    refusals: await rows<Refusal>(REFUSED, [source, since]),
    score: await readScore(sight, source),
  };
}

interface Coverage {
  service: string;
  completeTo: number | null;
  coversFrom: string | null;
  coversTo: string | null;
  area: string | null;
}

interface Received {
  day: string;
  accepted: number;
  refused: number;
}

interface Refusal {
  type: string | null;
  pointer: string;
  rule: string;
  expected: string;
  fix: string;
  times: number;
  lastAt: number;
}

const COVERAGE = `
  SELECT service, CASE WHEN count(*) FILTER (WHERE complete_to IS NOT NULL) >= $2 THEN min(complete_to) END AS "completeTo",
         max(covers_from) AS "coversFrom", min(covers_to) AS "coversTo", min(area) AS area
  FROM coverage WHERE source = $1 GROUP BY service ORDER BY service`;

const RECEIVED = `
  SELECT day, coalesce(accepted, 0)::float8 AS accepted, coalesce(refused, 0)::float8 AS refused
  FROM (SELECT day, sum(received) AS accepted FROM tally WHERE source = $1 AND day >= $2 GROUP BY day) AS taken
  FULL JOIN (SELECT day, sum(events) AS refused FROM control.rejected WHERE source = $1 AND day >= $2 GROUP BY day) AS not_taken USING (day)
  WHERE coalesce(accepted, 0) + coalesce(refused, 0) > 0 ORDER BY day DESC`;

const REFUSED = `
  SELECT nullif(type, '') AS type, pointer, rule, (array_agg(expected ORDER BY last_at DESC))[1] AS expected, (array_agg(fix ORDER BY last_at DESC))[1] AS fix,
         sum(problems)::float8 AS times, max(last_at)::float8 AS "lastAt"
  FROM control.rejected_field WHERE source = $1 AND day >= $2 GROUP BY 1, 2, 3 ORDER BY times DESC, 2, 3 LIMIT ${REFUSALS_AT_MOST}`;
