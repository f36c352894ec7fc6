import { setImmediate as soon } from 'node:timers/promises';
import { DatabaseError } from 'pg';
import { InsertTogether, type OneLook } from './insert-together.js';

/** A store of which each statement ends when the test says so. */
function store() {
  const statements: { looks: readonly OneLook[]; ends(error?: Error): void }[] = [];
  const insert = (looks: readonly OneLook[]) =>
    new Promise<void>((taken, failed) => statements.push({ looks, ends: (error) => (error === undefined ? taken() : failed(error)) }));
  return { statements, together: new InsertTogether(insert) };
}
const look = (): OneLook => ({ entries: [], written: new Map() });
const toldOf = (together: InsertTogether, one: OneLook) =>
  together.record(one).then(
    () => 'taken',
    (error: Error) => error.message,
  );

test('what comes while two statements are under way goes together with the next one', async () => {
  const { statements, together } = store();
  const looks = Array.from({ length: 5 }, look);
  const told = looks.map((one) => toldOf(together, one));
  expect(statements.map((one) => one.looks)).toEqual([[looks[0]], [looks[1]]]);
  statements[0]!.ends();
  await soon();
  expect(statements[2]!.looks).toEqual(looks.slice(2));
  for (const one of statements.slice(1)) one.ends();
  expect(await Promise.all(told)).toEqual(looks.map(() => 'taken'));
});

test('whoever waits behind a store that does not answer is told at once, without another statement', async () => {
  const { statements, together } = store();
  const told = Array.from({ length: 4 }, () => toldOf(together, look()));
  statements[0]!.ends(new Error('no answer'));
  await soon();
  for (const more of statements.slice(2)) more.ends();
  expect(await Promise.all([told[0], told[2], told[3]])).toEqual(Array.from({ length: 3 }, () => 'no answer'));
  statements[1]!.ends();
  expect([await told[1], statements.length]).toEqual(['taken', 2]);
});

test('one that the store will never have fails alone, and nobody who waits behind it does', async () => {
  const { statements, together } = store();
  const told = Array.from({ length: 3 }, () => toldOf(together, look()));
  statements[0]!.ends(Object.assign(new DatabaseError('wrong', 5, 'error'), { code: '22P05' }));
  expect(await told[0]).toBe('wrong');
  for (const one of statements.slice(1)) one.ends();
  await soon();
  statements.at(-1)!.ends();
  expect(await Promise.all(told)).toEqual(['wrong', 'taken', 'taken']);
});
