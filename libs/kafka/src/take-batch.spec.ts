import * as fc from 'fast-check';
import { type Outgoing, takeBatch } from './take-batch.js';

const bytes = Buffer.alloc(1_000_000);
const message = (index: number, partition: number, size: number): Outgoing<string> => ({
  send: 'a',
  index,
  topic: 'log',
  partition,
  key: '',
  value: bytes.subarray(0, size),
});

test('requests follow each other in order, lose nothing, and stay below what a topic accepts per partition', () => {
  const anyQueue = fc.array(fc.tuple(fc.nat(3), fc.nat(1_000_000)), { maxLength: 60 });
  fc.assert(
    fc.property(anyQueue, (sizes) => {
      let queue = sizes.map(([partition, size], index) => message(index, partition, size));
      const sent: number[] = [];
      while (queue.length > 0) {
        const { batch, rest } = takeBatch(queue);
        expect(batch.length).toBeGreaterThan(0);
        const perPartition = Map.groupBy(batch, ({ partition }) => partition);
        for (const part of perPartition.values()) {
          expect(part.reduce((sum, { value }) => sum + value.length, 0)).toBeLessThan(4 * 1024 * 1024);
        }
        sent.push(...batch.map(({ index }) => index));
        queue = rest;
      }
      expect(sent).toEqual(sizes.map((_, index) => index));
    }),
  );
});

test('small messages travel in one request', () => {
  const { batch, rest } = takeBatch(Array.from({ length: 1000 }, (_, index) => message(index, index % 4, 700)));
  expect([batch.length, rest.length]).toEqual([1000, 0]);
});
