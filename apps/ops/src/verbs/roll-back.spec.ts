import { expect, test } from '@jest/globals';
import type { ListedGeneration } from '#lib/read-model';

// nest-commander is CommonJS and Nest is not: in Jest, Nest must be there before nest-commander asks for it.
await import('@nestjs/common');
await import('@nestjs/core');
const { lastLive } = await import('./roll-back.js');

const generation = (id: number, state: ListedGeneration['state'], retiredAt: number | null = null) =>
  ({ id, state, retiredAt }) as ListedGeneration;

test('rolled back is to the generation that readers ceased to see last, of those that are kept, whichever is newer', () => {
  const kept = [generation(1, 'dropped', 900), generation(2, 'retired', 800), generation(3, 'retired', 300), generation(4, 'live')];
  expect(lastLive(kept).id).toBe(2);
  expect(lastLive([generation(5, 'retired', 800), ...kept]).id).toBe(5);
  expect(() => lastLive([generation(4, 'live'), generation(6, 'ready'), kept[0]!])).toThrow('There is none to go back to');
});
