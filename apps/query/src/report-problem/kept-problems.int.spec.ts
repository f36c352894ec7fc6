/** What is kept of a problem, and what of it tells of whoever reported it. */
import { randomBytes, randomUUID } from 'node:crypto';
import { migrateReadModel, openReadModel, type ReadModelPool } from '#lib/read-model';
import { freshDatabase } from '../../../../test/support/fresh.js';
import type { Asker } from '../sign-in/reader.js';
import { type Concerned, KeptProblems } from './kept-problems.js';

let pool: ReadModelPool;
beforeAll(async () => {
  const url = await freshDatabase('read-model');
  await migrateReadModel(url, { partitions: 1 });
  pool = openReadModel(url, { max: 1 });
});
afterAll(() => pool?.end());

const key = randomBytes(32);
const asker = (id: string): Asker => ({ reader: { id, name: 'Amara Okafor', role: 'social-worker', team: 'East' }, requestId: randomUUID(), holder: '', overriding: null }); // prettier-ignore
const kept = () => new KeptProblems(pool, key);
const concerned: Concerned = { subjects: [randomUUID()], sources: ['mosaic'] };
const report = { category: 'wrong-phone', words: 'It rings nobody', named: false } as const;
async function keep(reader: string) {
  const id = randomUUID();
  await kept().keep(asker(reader), id, { service: 'school' }, report, concerned);
  const { rows } = await pool.query<{ sealed: Buffer }>('SELECT sealed FROM decided.problem WHERE id = $1', [id]);
  return { id, said: kept().opened(id, rows[0]!.sealed.toString('base64'))! };
}

it('A problem tells the same reader again, and nobody who they are, nor that they reported another', async () => {
  const [one, another, others] = [await keep('amara.okafor'), await keep('amara.okafor'), await keep('leah.morgan')];
  for (const { id, said } of [one, another]) expect(kept().isBy(asker('amara.okafor').reader, id, said)).toBe(true);
  expect(kept().isBy(asker('amara.okafor').reader, others.id, others.said)).toBe(false);
  expect(new Set([one, another, others].map(({ said }) => said.by)).size).toBe(3);
  expect(JSON.stringify(one.said)).not.toMatch(/amara|okafor|East/i);
});

it('What was said of a problem opens at no other, and with no other key', async () => {
  const { id } = await keep('amara.okafor');
  const { rows } = await pool.query<{ sealed: Buffer }>('SELECT sealed FROM decided.problem WHERE id = $1', [id]);
  const sealed = rows[0]!.sealed.toString('base64');
  expect(kept().opened(randomUUID(), sealed)).toBeNull();
  expect(new KeptProblems(pool, randomBytes(32)).opened(id, sealed)).toBeNull();
  expect(kept().opened(id, sealed)).toMatchObject({ words: 'It rings nobody' });
});

it('Its source is asked to answer by one owner first, and by the other after that', async () => {
  const { id } = await keep('amara.okafor');
  const { rows } = await pool.query<{ later: boolean }>(
    'SELECT second_due_at > due_at AS later FROM decided.problem_ask WHERE problem = $1 AND due_at > now()',
    [id],
  );
  expect(rows).toMatchObject([{ later: true }]);
});
