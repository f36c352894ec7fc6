import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { compareRows, loadTableModel, type Row } from '#lib/matching';
import { measureSet, modelOf, peopleBy, type PublicSet, rowsOf, splinkScoresOf } from './public-data.js';

const DATA = join('test', 'data', 'matching');
const TOOL = join('dist', 'libs', 'matching', 'src', 'tables', 'cli.js');

describe('Public records are matched by weights learnt without labels', () => {
  it('of FEBRL3, at even odds: F1 at least 0.996, and 0.984 of true pairs above every false one', () => {
    const { f1, recallWithoutFalse } = measureSet('febrl3', rowsOf('febrl3'), modelOf('febrl3'));
    expect(f1).toBeGreaterThanOrEqual(0.996);
    expect(recallWithoutFalse).toBeGreaterThanOrEqual(0.984);
  });

  it('of fake_1000, at even odds: F1 at least 0.935', () => {
    expect(measureSet('fake_1000', rowsOf('fake_1000'), modelOf('fake_1000')).f1).toBeGreaterThanOrEqual(0.935);
  });

  it('from the rows alone: the tool gives the same model, byte for byte, without the column that says who they are', () => {
    const folder = mkdtempSync(join(tmpdir(), 'rows-'));
    try {
      const blind = join(folder, 'blind.csv');
      writeFileSync(blind, readFileSync(join(DATA, 'fake_1000.csv'), 'utf8').replace(/,[^,\n]*$/gm, ''));
      expect(readFileSync(blind, 'utf8')).not.toContain('cluster');
      const tool = spawnSync(process.execPath, [TOOL, blind, join(DATA, 'fake_1000.settings.json')], { encoding: 'utf8' });
      expect(tool.stderr).toBe('');
      expect(tool.stdout).toBe(readFileSync(join(DATA, 'fake_1000.model.json'), 'utf8'));
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});

describe('A pair weighs what Splink says it weighs', () => {
  it.each<PublicSet>(['febrl3', 'fake_1000'])('in %s, within 0.001 bit', (set) => {
    const model = loadTableModel(modelOf(set));
    const byId = new Map(rowsOf(set).map((row) => [row[model.id], row]));
    const scores = splinkScoresOf(set);
    expect(scores.length).toBeGreaterThan(500);
    const furthest = scores.reduce((most, [l, r, bits]) => {
      const { weight } = compareRows(byId.get(l) as Row, byId.get(r) as Row, model);
      return Math.max(most, Math.abs(weight / 1_000_000 - bits));
    }, 0);
    expect(furthest).toBeLessThan(0.001);
  });
});

describe('The same rows give the same people', () => {
  it.each<[PublicSet, number]>([
    ['febrl3', 2000],
    ['fake_1000', 251],
  ])('of %s, in twenty orders', (set, truly) => {
    const [rows, peopleIn] = [rowsOf(set), peopleBy(modelOf(set))];
    const people = peopleIn(rows);
    expect(Math.abs(people.length - truly) / truly).toBeLessThan(0.1);
    for (const order of fc.sample(fc.shuffledSubarray(rows, { minLength: rows.length }), { numRuns: 20, seed: 3 }))
      expect(peopleIn(order)).toEqual(people);
  });
});
