import { expect, test } from '@jest/globals';
import { changed, comparesAnew, newRecord, type RecordChange } from './record-state.js';

const subject = 'a';
const details = (epoch: number, position: number, content: string): RecordChange => ({
  subject,
  kind: 'details',
  version: { epoch, position },
  details: { content, keys: [content], sealed: Buffer.alloc(0) },
});
const presence = (epoch: number, position: number, removed: boolean): RecordChange => ({ subject, kind: 'presence', version: { epoch, position }, removed }); // prettier-ignore
const after = (...changes: RecordChange[]) => changes.reduce(changed, newRecord(subject));

test('the highest version wins, and a lower one that arrives late changes nothing', () => {
  expect(after(details(0, 5, 'new'), details(0, 4, 'old'))).toMatchObject({ content: 'new', newDetails: { content: 'new' } });
});

test('of equal versions the same one wins in every order', () => {
  expect(after(details(0, 5, 'x'), details(0, 5, 'y'))).toEqual(after(details(0, 5, 'y'), details(0, 5, 'x')));
});

test('a restored source counts anew: a later epoch wins over a higher position', () => {
  expect(after(details(0, 900, 'before'), details(1, 3, 'restored')).content).toBe('restored');
  expect(after(details(1, 3, 'restored'), details(0, 900, 'before')).content).toBe('restored');
});

test('a record taken back is gone until its source records it anew, and a removal wins a tie', () => {
  expect(after(presence(0, 5, true), presence(0, 4, false)).gone).toBe(true);
  expect(after(presence(0, 5, true), presence(0, 6, false)).gone).toBe(false);
  expect(after(presence(0, 5, true), presence(0, 5, false)).gone).toBe(true);
  expect(after(presence(0, 5, false), presence(0, 5, true)).gone).toBe(true);
});

test('erasure takes the details with it and stays, whatever comes late', () => {
  const erased: RecordChange = { subject, kind: 'erased' };
  const state = after(details(0, 1, 'k'), erased);
  expect(state).toMatchObject({ content: null, newDetails: undefined, gone: true });
  expect(after(erased, details(0, 1, 'k'))).toEqual(state);
  expect(after(details(0, 1, 'k'), erased, presence(0, 9, false)).gone).toBe(true);
});

test('a change that says nothing new leaves the very same state', () => {
  const state = after(details(0, 5, 'k'), presence(0, 5, false));
  for (const again of [details(0, 5, 'k'), presence(0, 5, false), { subject, kind: 'seen' } as const])
    expect(changed(state, again)).toBe(state);
});

test('a record is compared anew when its details or its presence change, not when the same is said in a newer version', () => {
  const state = { ...after(details(0, 5, 'k'), presence(0, 5, false)), newDetails: undefined };
  expect(comparesAnew(state, changed(state, details(0, 6, 'k')))).toBe(false);
  expect(changed(state, details(0, 6, 'k')).newDetails).toBeUndefined();
  expect(comparesAnew(state, changed(state, details(0, 6, 'other')))).toBe(true);
  expect(comparesAnew(state, changed(state, presence(0, 6, true)))).toBe(true);
});
