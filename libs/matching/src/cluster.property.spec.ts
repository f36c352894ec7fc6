import fc from 'fast-check';
import { cluster, type StewardRules } from './cluster.js';
import type { ComparedPair } from './compare-pair.js';

const thresholds = { join: 5000, review: -1000 };
const scored = (weight: number, apart = false): ComparedPair => ({
  weight,
  parts: [],
  caps: apart ? [{ reason: 'twins', holds: 'apart', sentence: '' }] : [],
  zone: apart || weight < thresholds.review ? 'apart' : weight < thresholds.join ? 'review' : 'join',
  thresholds,
});
const none: StewardRules = { together: [], apart: [] };
const subjects = ['a', 'b', 'c', 'd', 'e', 'f', 'g'];
const fromTable = (table: Record<string, ComparedPair>) => (one: string, other: string) =>
  table[[one, other].sort().join('')] ?? scored(-20_000);

describe('People among records', () => {
  const pairNames = subjects.flatMap((one, place) => subjects.slice(place + 1).map((other) => one + other));
  const tables = fc
    .array(fc.tuple(fc.integer({ min: -4, max: 8 }), fc.nat(9)), { minLength: pairNames.length, maxLength: pairNames.length })
    .map((weights): Record<string, ComparedPair> =>
      Object.fromEntries(weights.map(([weight, cap], place) => [pairNames[place], scored(5000 + weight * 1000, cap === 0)])),
    );
  const pairsOf = fc.array(fc.tuple(fc.constantFrom(...subjects), fc.constantFrom(...subjects)), { maxLength: 4 });
  const rules = fc.record({ together: pairsOf, apart: pairsOf });

  it('are the same whatever the order of records and rules', () => {
    const orders = fc.shuffledSubarray(subjects, { minLength: subjects.length });
    fc.assert(
      fc.property(tables, rules, orders, (table, stewards, order) => {
        const turned = {
          together: stewards.together.toReversed().map(([a, b]): [string, string] => [b, a]),
          apart: stewards.apart.toReversed(),
        };
        expect(cluster(order, fromTable(table), turned, 50).people).toEqual(cluster(subjects, fromTable(table), stewards, 50).people);
      }),
      { numRuns: 500, seed: 7 },
    );
  });

  it('never hold two records that a steward or a cap keeps apart', () => {
    fc.assert(
      fc.property(tables, rules, (table, stewards) => {
        const { people } = cluster(subjects, fromTable(table), stewards, 50);
        const kept = new Set(stewards.together.map((pair) => [...pair].sort().join('')));
        for (const person of people)
          for (const [one, other] of stewards.apart) if (one !== other) expect(person.includes(one) && person.includes(other)).toBe(false);
        if (kept.size > 0) return;
        for (const [name, { caps }] of Object.entries(table))
          if (caps.length > 0)
            for (const person of people) expect(person.includes(name[0] as string) && person.includes(name[1] as string)).toBe(false);
      }),
      { numRuns: 500, seed: 8 },
    );
  });

  it('are not chained: one link to a group does not outweigh what speaks against the rest', () => {
    const table = { ab: scored(9000), bc: scored(9000), ac: scored(-9000) };
    expect(cluster(['a', 'b', 'c'], fromTable(table), none, 50).people).toEqual([['a', 'b'], ['c']]);
  });

  it('never hold twins of near names because a third record of too little knowledge fits both', () => {
    const twins: ComparedPair = { ...scored(9000), zone: 'review', caps: [{ reason: 'twins', holds: 'review', sentence: '' }] };
    expect(cluster(['a', 'b', 'c'], fromTable({ ab: twins, ac: scored(9000), bc: scored(9000) }), none, 50).people).toEqual([
      ['a', 'c'],
      ['b'],
    ]);
    const vague: ComparedPair = { ...twins, caps: [{ reason: 'too little known', holds: 'review', sentence: '' }] };
    expect(cluster(['a', 'b', 'c'], fromTable({ ab: vague, ac: scored(9000), bc: scored(9000) }), none, 50).people).toEqual([
      ['a', 'b', 'c'],
    ]);
  });

  it('are not joined across two identifiers by the weight of further records, where what is only little known is', () => {
    const held = (reason: 'two identifiers' | 'too little known'): ComparedPair => ({
      ...scored(4000),
      zone: 'review',
      caps: [{ reason, holds: 'review', sentence: '' }],
    });
    const people = (ac: ComparedPair) => cluster(['a', 'b', 'c'], fromTable({ ab: scored(9000), bc: scored(8000), ac }), none, 50).people;
    expect(people(held('too little known'))).toEqual([['a', 'b', 'c']]);
    expect(people(held('two identifiers'))).toEqual([['a', 'b'], ['c']]);
  });

  it('follow a steward against the weights', () => {
    const rules = { together: [['a', 'b']], apart: [['b', 'c']] } as const;
    expect(cluster(['a', 'b', 'c'], fromTable({ bc: scored(9000) }), rules, 50).people).toEqual([['a', 'b'], ['c']]);
  });

  it('are apart where stewards said so, whatever was to be kept together, which is told; and one who says both is told as well', () => {
    const clustered = (together: StewardRules['together']) =>
      cluster(['a', 'b', 'c'], fromTable({ ac: scored(9000) }), { together, apart: [['a', 'c']] }, 50);
    expect(clustered([['a', 'b'], ['c', 'b']])).toMatchObject({ people: [['a', 'b'], ['c']], contradictions: [['b', 'c']] }); // prettier-ignore
    expect(clustered([['c', 'a']])).toMatchObject({ people: [['a'], ['b'], ['c']], contradictions: [['a', 'c']] });
  });

  it('are joined by a pair that just reaches what a join asks, and not by one just below', () => {
    const people = (weight: number) => cluster(['a', 'b'], fromTable({ ab: scored(weight) }), none, 50).people;
    expect([people(thresholds.join), people(thresholds.join - 1)]).toEqual([[['a', 'b']], [['a'], ['b']]]);
  });

  it('are joined in a component that is just not too large', () => {
    expect(cluster(['a', 'b', 'c'], fromTable({ ab: scored(9000) }), none, 3)).toMatchObject({
      people: [['a', 'b'], ['c']],
      quarantined: false,
    });
  });

  it('are left alone in a component that is too large', () => {
    expect(cluster(['a', 'b', 'c'], fromTable({ ab: scored(9000) }), none, 2)).toMatchObject({
      people: [['a'], ['b'], ['c']],
      quarantined: true,
    });
  });
});
