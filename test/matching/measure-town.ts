import { comparableOf, DEFAULT_MODEL, loadMatchModel, type StewardRules, trainRecords } from '#lib/matching';
import { crossCheck } from './cross-check.js';
import { matchAll } from './match-all.js';
import { type TownFigures, townFigures } from './town-figures.js';
import { TODAY, type TownRecord, townRecords } from './town-records.js';

export const NO_RULES: StewardRules = { together: [], apart: [] };

export interface MeasuredTown {
  records: readonly TownRecord[];
  all: TownFigures;
  baseline: TownFigures;
  /** By weights learnt from these records alone. */
  learnt: TownFigures;
  /** By who people are: `sex female`, `age under 5`, `names Polish`. */
  groups: ReadonlyMap<string, TownFigures>;
}

/** Matches a town and looks at who its records truly are. */
export function measureTown(seed: string, families: number): MeasuredTown {
  const records = townRecords(seed, families);
  const comparables = records.map(({ record }) => comparableOf(record));
  const { people, links } = matchAll(comparables, NO_RULES, loadMatchModel(DEFAULT_MODEL));
  const learnt = matchAll(comparables, NO_RULES, loadMatchModel(trainRecords(comparables, DEFAULT_MODEL)));
  const names = [...new Set(records.flatMap(groupsOf))].sort();
  return {
    records,
    all: townFigures(records, people, links),
    baseline: townFigures(records, crossCheck(comparables), new Map()),
    learnt: townFigures(records, learnt.people, learnt.links),
    groups: new Map(names.map((name) => [name, townFigures(records, people, links, (known) => groupsOf(known).includes(name))])),
  };
}

function groupsOf({ person: { sex, born, origin } }: TownRecord): string[] {
  const age = Number(TODAY.slice(0, 4)) - Number(born.slice(0, 4)) - (born.slice(5) > TODAY.slice(5) ? 1 : 0);
  const band = age < 5 ? 'under 5' : age < 11 ? '5 to 10' : age < 18 ? '11 to 17' : age < 40 ? '18 to 39' : '40 and over';
  return [`sex ${sex}`, `age ${band}`, `names ${origin.origin}`];
}
