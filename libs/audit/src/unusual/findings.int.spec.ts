import { AuditedLooks, look } from '../../../../test/support/audited-looks.js';
import type { Unusual } from './unusual-use.js';
import { decideFinding, findingOf, keepFindings, listFindings, openFindings } from './findings.js';

let audit: AuditedLooks;
beforeEach(async () => {
  audit = await AuditedLooks.open();
});
afterEach(() => audit?.close());

test('The worklist keeps a finding once, however often it is found, and every decision about it', async () => {
  const period = { from: 0, to: Date.parse('2026-12-01') };
  const all = await audit.found([look('2026-11-18T23:00'), look('2026-11-18T12:00', { action: 'overridden' })]);
  expect(await audit.reader.review((sight) => keepFindings(sight, all, 1))).toBe(2);
  expect(await audit.reader.review((sight) => keepFindings(sight, all, 2))).toBe(0);
  const list = (state: 'open' | 'justified' | 'upheld' | 'any') =>
    audit.reader.read((sight) => listFindings(sight, period, { state, limit: 10 }));
  const [first, second] = await list('open');
  expect([first, second].map((finding) => [finding?.rule, finding?.foundAt, finding?.decision])).toEqual([
    ['outOfHours', 1, null],
    ['overrides', 1, null],
  ]);
  const next = await audit.reader.read((sight) =>
    listFindings(sight, period, { state: 'any', limit: 10, after: { at: first!.lastAt, id: first!.id } }),
  );
  expect(next.map(({ id }) => id)).toEqual([second!.id]);

  const decide = (verdict: 'justified' | 'upheld', decidedAt: number) =>
    audit.reader.review((sight) => decideFinding(sight, first!.id, { verdict, reason: 'asked', decidedBy: 'ig.officer', decidedAt }));
  await decide('justified', 3);
  await decide('upheld', 4);
  expect(await list('open')).toHaveLength(1);
  expect(await list('justified')).toEqual([]);
  expect(await list('upheld')).toMatchObject([{ id: first!.id, decision: { verdict: 'upheld', decidedBy: 'ig.officer' } }]);
  const { history } = (await audit.reader.read((sight) => findingOf(sight, first!.id)))!;
  expect(history.map(({ verdict, decidedAt }) => [verdict, decidedAt])).toEqual([
    ['justified', 3],
    ['upheld', 4],
  ]);
  expect(await audit.reader.read(openFindings)).toBe(1);
});

describe('The worklist', () => {
  const found = (reader: string, firstAt: number, lastAt: number): Unusual => ({ rule: 'volume', reader, role: 'social-worker', team: 'East', person: null, day: '2026-11-18', firstAt, lastAt, counts: { people: 30, usual: 2 } }); // prettier-ignore
  const list = (from: number, to: number, o: Partial<Parameters<typeof listFindings>[2]> = {}) =>
    audit.reader.read((sight) => listFindings(sight, { from, to }, { state: 'any', limit: 10, ...o }));

  it('keeps a finding as it was found, and lists it by its last look, in a period that holds its first instant and no longer its last', async () => {
    const given = [found('before', 10, 99), found('at the beginning', 50, 100), found('at the end', 150, 200)];
    await audit.reader.review((sight) => keepFindings(sight, given, 7));
    const listed = await list(100, 200);
    expect(listed).toEqual([{ ...given[1], id: listed[0]!.id, foundAt: 7, decision: null }]);
  });

  it('is turned page by page, and loses and repeats nothing of one instant', async () => {
    const readers = ['a', 'b', 'c', 'd', 'e'];
    await audit.reader.review((sight) => keepFindings(sight, readers.map((reader) => found(reader, 1, 100)), 7)); // prettier-ignore
    const first = await list(0, 200, { limit: 2 });
    const second = await list(0, 200, { limit: 2, after: { at: 100, id: first[1]!.id } });
    const third = await list(0, 200, { limit: 2, after: { at: 100, id: second[1]!.id } });
    expect([first, second, third].map(({ length }) => length)).toEqual([2, 2, 1]);
    expect([...first, ...second, ...third].map(({ reader }) => reader).sort()).toEqual(readers);
  });
});
