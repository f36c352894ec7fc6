import { expect, test } from '@jest/globals';
import { SealRefusedError } from '../seal/seal-refused.js';
import { refusalOf } from './refusal.js';

const EVENING = Date.parse('2026-11-27T23:59:59Z');
const of = (code: ConstructorParameters<typeof SealRefusedError>[0], now: number) =>
  refusalOf(new SealRefusedError(code, 'told once'), now);

test('that nothing is signed is one finding all day, another one tomorrow, and another for another reason', () => {
  const told = of('fork', EVENING);
  expect(told).toMatchObject({
    index: null,
    through: null,
    kind: 'fork',
    says: expect.stringMatching(/^nothing is signed: the tree in the/),
  });
  expect(of('fork', EVENING - 80_000_000).id).toBe(told.id);
  expect(of('fork', EVENING + 1_000).id).not.toBe(told.id);
  expect(of('tail-cut', EVENING).id).not.toBe(told.id);
});
