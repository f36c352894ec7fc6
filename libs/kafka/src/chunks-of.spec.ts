import { chunksOf } from './chunks-of.js';

const MB = 1024 * 1024;
const messages = (...sizes: (number | null)[]) => sizes.map((size) => ({ value: size === null ? null : Buffer.alloc(size) }));
const sizes = (given: { value: Buffer | null }[], count: number) =>
  [...chunksOf(given, count)].map((chunk) => chunk.map(({ value }) => value?.length ?? null));

describe('Messages are worked on in chunks', () => {
  it('of so many at most', () => {
    expect(sizes(messages(1, 2, null, 4, 5), 2)).toEqual([[1, 2], [null, 4], [5]]);
    expect(sizes([], 2)).toEqual([]);
  });

  it('of so many bytes, however small they were compressed; one that is larger stands alone', () => {
    const given = messages(5 * MB, 3 * MB, 1, 20 * MB, 1, 8 * MB);
    expect(sizes(given, 2_000)).toEqual([[5 * MB, 3 * MB], [1], [20 * MB], [1], [8 * MB]]);
  });
});
