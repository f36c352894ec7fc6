import { startAfter } from './rejection-starts.js';

describe('Counting refusals goes on', () => {
  it.each([
    ['at the beginning of a new log', 0, null, 0, 0, null, 0],
    ['where it was, proven by the message before', 7, 'm6', 0, 7, 'm6', 0],
    ['where it was, proven by the oldest message there is', 7, 'm6', 6, 7, 'm6', 0],
    ['where it was, unproven, when all before was deleted after 30 days', 7, 'm6', 7, 7, null, 0],
    ['at the beginning of what is left, after a pause longer than that', 7, 'm6', 10, 10, null, 3],
  ] as const)('%s', (_, next, remembered, start, nextOffset, lastEventId, missed) => {
    const place = { topic: 'rejections', partition: 2 };
    const found = startAfter(place, { nextOffset: next, lastEventId: remembered }, start);
    expect(found).toEqual({ ...place, nextOffset, lastEventId, missed });
  });
});
