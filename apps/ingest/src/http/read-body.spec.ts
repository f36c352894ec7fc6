import { eventsInBody } from './read-body.js';

const body = (value: unknown) => Buffer.from(JSON.stringify(value));
const events = (count: number) => Array.from({ length: count }, () => ({}));

it('A request holds a thousand events at most', () => {
  expect(eventsInBody(body(events(1_000)))).toHaveLength(1_000);
  expect(() => eventsInBody(body(events(1_001)))).toThrow(expect.objectContaining({ status: 413 }));
});

it('What has a type is an event, whatever else it has', () => {
  expect(eventsInBody(body({ type: 'PersonRecorded', events: [] }))).toMatchObject([{ event: { type: 'PersonRecorded' } }]);
});
