import type { ListedGeneration } from '#lib/read-model';
import { buildProgress } from './generation-words.js';

const building = (some: Partial<ListedGeneration>) =>
  buildProgress({
    stage: 'bulk',
    wanted: 'run',
    failure: null,
    eventsDone: 250,
    eventsTotal: 1_000,
    perSecond: 50,
    ...some,
  } as ListedGeneration);

test('a build tells its share, its rate and the time left', () => {
  expect(building({})).toMatchObject({
    percent: 25,
    perSecond: 50,
    left: 15_000,
    stageWords: 'Folding what was in the logs when it began',
  });
});

test('a build that stands still promises no time', () => {
  expect(building({ wanted: 'pause' })).toMatchObject({
    left: null,
    perSecond: 0,
    stageWords: expect.stringMatching(/^Paused while: folding/),
  });
  expect(building({ perSecond: 0 })).toMatchObject({ left: null });
  expect(building({ failure: 'keys-lost' })).toMatchObject({ left: null, stageWords: 'Halted: keys-lost' });
  expect(building({ wanted: 'cancel' }).stageWords).toBe('Being cancelled');
});

test('a build is not complete before it is', () => {
  expect(building({ eventsDone: 999_999, eventsTotal: 1_000_000 }).percent).toBe(99);
  expect(building({ eventsDone: 1_200, stage: 'catching-up' })).toMatchObject({ percent: 100, left: null });
  expect(building({ eventsTotal: null, eventsDone: 0, stage: 'waiting' })).toMatchObject({ percent: null, left: null });
});
