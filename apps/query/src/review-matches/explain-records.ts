import { comparableOf, comparePair, DEFAULT_MODEL, explainPair, type Explanation, loadMatchModel, type MatchRecord } from '#lib/matching';
import type { Authority } from '../authority.js';
import { carefulSources } from './second-look.js';
import type { OwnedRecord } from './record-label.js';

const MODEL = loadMatchModel(DEFAULT_MODEL);

/** Why two records may be one person, in sentences without a value of either. By the built-in model: a deployment's own orders them otherwise. */
export function explainRecords(sides: readonly [OwnedRecord, OwnedRecord], authority: Authority): Explanation {
  const careful = carefulSources(authority);
  const [one, other] = sides.map((side) => comparableOf(matchRecordOf(side, careful))) as [
    ReturnType<typeof comparableOf>,
    ReturnType<typeof comparableOf>,
  ];
  return explainPair(comparePair(one, other, MODEL));
}

/** As the matcher looks at it. */
function matchRecordOf({ record }: OwnedRecord, careful: readonly string[]): MatchRecord {
  const { subject, source, names, birth, gender, addresses, identifiers, flags } = record;
  return {
    subject,
    sensitive: careful.includes(source),
    names: flags.includes('name-placeholder') ? [] : names,
    dateOfBirth: birth && { ...birth, estimated: flags.includes('date-of-birth-estimated') },
    gender,
    addresses,
    identifiers,
  };
}
