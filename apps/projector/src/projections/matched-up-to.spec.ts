import { matchedUpTo } from './matched-up-to.js';

describe('MatchedUpTo', () => {
  it('tells for each partition of the log how far the matcher has decided, as seen from this partition of the identity log', () => {
    const offsets = [
      { partition: 0, offset: 40 },
      { partition: 1, offset: 25 },
    ];
    expect(matchedUpTo({ type: 'MatchedUpTo', decision: 12, offsets }, { partition: 3, offset: 9, publishedAt: 0 })).toMatchObject([
      { key: { identity_partition: 3, log_partition: 0 }, position: 12, values: { log_offset: 40 } },
      { key: { identity_partition: 3, log_partition: 1 }, position: 12, values: { log_offset: 25 } },
    ]);
  });
});
