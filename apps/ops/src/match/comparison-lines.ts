import { tableOf } from '../print.js';
import type { ChangedPair } from './changed-pairs.js';
import type { Comparison } from './compare-models.js';
import type { ListedModel } from './models.js';

/** The comparison for people. */
export function comparisonLines({ id, version, waiting }: ListedModel, comparison: Comparison): string[] {
  const { code, counts, bySources, withCare, pairs, more } = comparison;
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
    ...(pairs.length > 0 ? ['', tableOf(pairs, PAIRS)] : []),
    ...(more > 0 ? [`and ${more} more: --pairs shows more of them.`] : []),
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
