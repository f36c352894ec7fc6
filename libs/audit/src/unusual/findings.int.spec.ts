import { AuditedLooks, look } from '../../../../test/support/audited-looks.js';
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
