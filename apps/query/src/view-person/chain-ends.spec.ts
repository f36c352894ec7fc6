import { chainEndsOf } from './chain-ends.js';

const link = (subject: string, replacedBy: string | null = null, at: [number, number] = [1, 1], described = true) => ({
  subject,
  replacedBy,
  replacedAt: at,
  described,
});
const endsOf = (...links: ReturnType<typeof link>[]) => Object.fromEntries(chainEndsOf(links));

describe('Records that a source replaced', () => {
  it('lead to the end of the chain, however long', () => {
    expect(endsOf(link('a', 'b'), link('b', 'c'), link('c'), link('d'))).toEqual({ a: 'c', b: 'c', c: 'c', d: 'd' });
  });

  it('stay where they are while the new record has not arrived or is not described', () => {
    expect(endsOf(link('a', 'gone'))).toEqual({ a: 'a' });
    expect(endsOf(link('a', 'b'), link('b', null, [-1, 0], false))).toEqual({ a: 'a', b: 'b' });
  });

  it('that go round in a circle end at the one replaced longest ago, wherever one starts', () => {
    expect(endsOf(link('a', 'b', [1, 9]), link('b', 'c', [1, 2]), link('c', 'a', [1, 5]), link('d', 'c', [0, 1]))).toEqual({
      a: 'b',
      b: 'b',
      c: 'b',
      d: 'b',
    });
    expect(endsOf(link('a', 'b', [2, 1]), link('b', 'a', [1, 9]))).toEqual({ a: 'b', b: 'b' });
    expect(endsOf(link('a', 'a'))).toEqual({ a: 'a' });
  });
});
