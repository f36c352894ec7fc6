import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { BREAKAGES } from './broken-engine.js';
import { DRILLS } from './drills.js';

const drills = new Set(DRILLS.map(({ name }) => name));

describe.each(Object.entries(BREAKAGES))('The mistake %s', (_, { noticedBy, also = [], ...first }) => {
  it('can still be made in the engine, and is for drills that there are', () => {
    for (const { file, find } of [first, ...also]) expect(readFileSync(join('dist', file), 'utf8').split(find)).toHaveLength(2);
    expect(noticedBy.filter((name) => !drills.has(name))).toEqual([]);
  });
});
