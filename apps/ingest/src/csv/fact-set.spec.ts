import { createHash } from 'node:crypto';
import { FactSet } from './fact-set.js';

const name = (n: number) => createHash('sha256').update(String(n)).digest();

it('A set of facts holds many thousands, each with its first row and what it said', () => {
  const set = new FactSet();
  for (let n = 1; n <= 20_000; n++) expect(set.add(name(n), n, n * 7)).toBeUndefined();
  expect(set.size).toBe(20_000);
  for (let n = 1; n <= 20_000; n += 97) {
    expect(set.has(name(n))).toBe(true);
    expect(set.add(name(n), 5, n * 7)).toEqual({ row: n, same: true });
    expect(set.add(name(n), 5, -1)).toEqual({ row: n, same: false });
  }
  expect(set.has(name(20_001))).toBe(false);
});
