import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { blockRows, compareRows, linkByAverage, loadTableModel, readRows, type Row, type TableSettings } from '#lib/matching';
import { componentsOf } from './match-all.js';
import { type PairFigures, pairFigures } from './pair-figures.js';

/** The public sets, and where each tells who its records are. Only figures look at that; training never does. */
const SETS = {
  febrl3: { file: 'dataset3.csv', personOf: (row: Row) => row.rec_id?.split('-')[1] },
  fake_1000: { file: 'fake_1000.csv', personOf: (row: Row) => row.cluster },
} as const;

export type PublicSet = keyof typeof SETS;

const read = (file: string) => readFileSync(join('test', 'data', 'matching', file), 'utf8');
export const rowsOf = (set: PublicSet): Row[] => readRows(read(SETS[set].file));
export const settingsOf = (set: PublicSet) => JSON.parse(read(`${set}.settings.json`)) as TableSettings;
export const modelOf = (set: PublicSet) => JSON.parse(read(`${set}.model.json`)) as TableSettings;
/** Two ids and what Splink says of them in bits. */
export const splinkScoresOf = (set: PublicSet) => JSON.parse(read(`${set}.splink-scores.json`)) as [string, string, number][];

/** Compares the rows of a set by a model. */
export function measureSet(set: PublicSet, rows: readonly Row[], settings: TableSettings): PairFigures {
  const model = loadTableModel(settings);
  const people = rows.map(SETS[set].personOf);
  const pairs = blockRows(rows, model.blocking).map(([one, other]) => ({
    weight: compareRows(rows[one] as Row, rows[other] as Row, model).weight,
    same: people[one] === people[other],
  }));
  const sizes = new Map<string | null | undefined, number>();
  for (const person of people) sizes.set(person, (sizes.get(person) ?? 0) + 1);
  return pairFigures(
    pairs,
    [...sizes.values()].reduce((sum, size) => sum + (size * (size - 1)) / 2, 0),
  );
}

/**
 * Whom a model takes for one person among rows: pairs at even odds hang together, and what hangs together is joined while the average of two
 * groups reaches even odds. Each by its ids, sorted. Two rows are weighed once for each of their two orders.
 */
export function peopleBy(settings: TableSettings): (rows: readonly Row[]) => string[] {
  const model = loadTableModel(settings);
  const weighed = new Map<string, number>();
  const idOf = (row: Row) => row[model.id] as string;
  const weightOf = (one: Row, other: Row): number => {
    const key = `${idOf(one)} ${idOf(other)}`;
    const weight = weighed.get(key) ?? compareRows(one, other, model).weight;
    weighed.set(key, weight);
    return weight;
  };
  return (rows) => {
    const byId = new Map(rows.map((row) => [idOf(row), row]));
    const links = blockRows(rows, model.blocking)
      .map((pair) => pair.map((place) => rows[place]) as [Row, Row])
      .filter(([one, other]) => weightOf(one, other) >= 0)
      .map(([one, other]) => [idOf(one), idOf(other)] as const);
    const people = componentsOf([...byId.keys()], links).flatMap((component) => {
      const ids = component.sort();
      const own = ids.map((id) => byId.get(id) as Row);
      const groups = linkByAverage(
        own.map((_, place) => [place]),
        (a, b) => weightOf(own[a] as Row, own[b] as Row),
      );
      return groups.map((group) => group.map((place) => ids[place] as string).sort().join()); // prettier-ignore
    });
    return people.sort();
  };
}
