import { randomUUID } from 'node:crypto';
import { stack } from '../../../test/support/stack.js';
import { Registry } from './registry.js';

test('several that register one subject at the same moment all get its id', async () => {
  const { registryUrl } = await stack();
  for (let round = 0; round < 5; round += 1) {
    const name = `R${randomUUID().replaceAll('-', '')}`;
    const text = JSON.stringify({ type: 'record', name, fields: [{ name: 'a', type: 'string' }] });
    const ids = await Promise.all(Array.from({ length: 6 }, () => new Registry(registryUrl).register(name, text)));
    expect(new Set(ids).size).toBe(1);
  }
});
