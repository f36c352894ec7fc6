import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { Client } from 'pg';
import { DEFAULT_MODEL } from '#lib/matching';
import { eventually } from '../../../../test/support/eventually.js';
import { freshDatabase } from '../../../../test/support/fresh.js';
import { STRICT } from '../../../../test/support/proposed-models.js';
import { announce } from '../announce.js';
import { ComparingBy } from '../comparing-by.js';
import { matchingBy } from '../model.js';
import { type CandidateModel, candidateModel } from '../state/models.js';
import { createLogger } from '#lib/runtime';
import { migrateState } from '../state/migrate-state.js';
import { State, type Transaction } from '../state/open-state.js';
import { becomeWriter } from '../state/progress.js';
import { beginCandidate, dropCandidate } from './begin-and-drop.js';
import { buildStep } from './build-step.js';
import { switchOver } from './switch-over.js';

const RECORDS = 20_000;
const comparing = new ComparingBy(
  matchingBy(DEFAULT_MODEL, new Set()),
  () => () => Promise.resolve({ comparables: new Map(), erased: [] }),
);
const strict = comparing.with(JSON.stringify(STRICT));

let url: string;
let state: State;
let writer: number;
let other: Client;

beforeEach(async () => {
  url = await freshDatabase('matcher');
  await migrateState(url);
  state = new State(url, () => undefined);
  writer = await state.transaction(becomeWriter);
  other = new Client({ connectionString: url });
  await other.connect();
});
afterEach(async () => {
  await other.end();
  await state.close();
});

/** Records in twos, whom a candidate that is built and to be switched to would part, and fifty that were decided anew since. */
async function built(): Promise<void> {
  await other.query(`
    INSERT INTO matcher.record SELECT token(n), 0, 0, false, 0, 0, NULL, 0, 0, false, token(n / 2), 'matched', n FROM generate_series(1, ${RECORDS}) n;
    UPDATE matcher.progress SET model = '${comparing.fromFile.version}';
    INSERT INTO matcher.model (settings, proposed_by, reason) VALUES ('${JSON.stringify(STRICT)}', 'robin', 'x')`.replaceAll(/token\(([^)]*)\)/g, 'md5(($1)::text)::uuid')); // prettier-ignore
  await beginCandidate({ state, writer }, 1, strict.model.version);
  await other.query(`
    INSERT INTO matcher.candidate_record SELECT subject, subject, 'record-of-its-own' FROM matcher.record;
    INSERT INTO matcher.candidate_pair SELECT subject, subject, 1, 'review', '{}' FROM matcher.record;
    INSERT INTO matcher.candidate_mark (subject) SELECT subject FROM matcher.record LIMIT 50;
    UPDATE matcher.model SET state = 'built', reached = 'ffffffff-ffff-ffff-ffff-ffffffffffff', approved_by = 'kim', wanted = 'switch'`);
}

const stopping = new AbortController();
async function switched(
  transaction: State['transaction'] = (work) => state.transaction(work),
  asked?: CandidateModel,
  { signal } = stopping,
) {
  const candidate = asked ?? (await state.transaction(candidateModel))!;
  return switchOver({ state: { transaction }, writer, comparing, logger: createLogger('matcher', 'silent'), stopping: signal }, candidate, strict, () => state.transaction((client) => buildStep(client, strict, 10))); // prettier-ignore
}

/** Another who wants to decide meanwhile, again and again. @returns the longest wait, in milliseconds */
async function longestWait(during: Promise<unknown>): Promise<number> {
  const waits = [0];
  const settled = during.then(() => true, () => true); // prettier-ignore
  do {
    const from = performance.now();
    await other.query('SELECT FROM matcher.progress FOR UPDATE');
    waits.push(performance.now() - from);
  } while (!(await Promise.race([settled, pause(1, false)])));
  return Math.max(...waits);
}

/** How many rows each statement has touched since deciding had to wait, in the transactions in which it had to. @param before each statement */
function counting(rows: number[], before: (statement: string) => Promise<void> = async () => undefined): State['transaction'] {
  return (work) =>
    state.transaction((client) => {
      let waited = false;
      const query = async (asked: string | { text: string }, values?: unknown[]) => {
        const text = typeof asked === 'string' ? asked : asked.text;
        await before(text);
        const result = await client.query(asked as string, values);
        if (waited) rows.push(result.rowCount ?? 0);
        waited ||= text.includes('FROM matcher.progress');
        return result;
      };
      return work({ query } as Transaction);
    });
}

test('however many records a model decides otherwise, deciding waits for a switch to it over no more than a few', async () => {
  await built();
  const rows: number[] = [];
  expect(await switched(counting(rows))).toEqual({ decidedAnew: RECORDS });
  expect(rows.length).toBeGreaterThan(5);
  expect(Math.max(...rows)).toBeLessThanOrEqual(100);
  // Whoever asks whether all is decided looks there.
  expect((await other.query(`SELECT FROM matcher.record WHERE waiting = 'decide'`)).rowCount).toBeGreaterThan(0);
  const { rows: now } = await other.query(`SELECT (SELECT count(*)::int FROM matcher.differing) + (SELECT count(*)::int FROM matcher.record WHERE waiting = 'decide') AS waiting, (SELECT count(*)::int FROM matcher.review_since) AS since`); // prettier-ignore
  expect(now).toEqual([{ waiting: RECORDS, since: RECORDS }]);
});

test.each([
  [1, 2, 100],
  [99, 5, 1_600],
])(
  'what is decided anew at %i tries is compared before deciding waits for it, but for a bounded number: at try %i, %i at most',
  async (times, last, most) => {
    await built();
    const rows: number[] = [];
    let tries = 0;
    const before = async (statement: string) => {
      if (!statement.includes('LOCK TABLE matcher.candidate_record')) return;
      tries += 1;
      // prettier-ignore
      if (tries <= times) await other.query('INSERT INTO matcher.candidate_mark (subject) SELECT subject FROM matcher.record ORDER BY subject DESC LIMIT 1000');
    };
    expect(await switched(counting(rows, before))).toEqual({ decidedAnew: RECORDS });
    expect([tries, Math.max(...rows) <= most]).toEqual([last, true]);
  },
);

test('whatever vacuums the live pairs is made to give way, before deciding waits for the switch', async () => {
  await built();
  const vacuum = await holding('matcher.pair', 'SHARE UPDATE EXCLUSIVE');
  let tries = 0;
  const attempt = switched(counting([], async (statement) => void (tries += Number(statement.includes('FROM matcher.progress')))));
  await pause(1_000);
  await vacuum.end();
  expect([await attempt, tries]).toEqual([{ decidedAnew: RECORDS }, 1]);
});

test('however many records a candidate knows, deciding waits for a moment while it is begun again or dropped', async () => {
  for (const act of [beginCandidate, dropCandidate]) {
    await built();
    await other.query('INSERT INTO matcher.differing (model, subject) SELECT id, subject FROM matcher.model, matcher.record');
    const rows: number[] = [];
    await act({ state: { transaction: counting(rows) }, writer }, 1, strict.model.version);
    expect(rows).toEqual([1]);
    expect((await other.query('SELECT FROM matcher.differing')).rowCount).toBe(0);
    await other.query('TRUNCATE matcher.record, matcher.model RESTART IDENTITY CASCADE');
  }
});

test('whoever reads the live pairs for a while makes a switch try again, and not note all records again', async () => {
  await built();
  const reading = await holding('matcher.pair');
  const seen = { noted: 0, tries: 0 };
  const attempt = switched(
    counting([], async (statement) => {
      seen.noted += Number(statement.includes('INSERT INTO matcher.differing') && statement.includes('both_ways'));
      seen.tries += Number(statement.includes('FROM matcher.progress'));
    }),
  );
  await eventually('it was tried twice', async () => seen.tries > 1);
  await reading.end();
  expect([await attempt, seen.noted]).toEqual([{ decidedAnew: RECORDS }, 1]);
});

test('a matcher that another has taken over from notes nothing any more, and what the other noted stays', async () => {
  await built();
  const candidate = (await state.transaction(candidateModel))!;
  await switched();
  const left = async () => (await other.query('SELECT FROM matcher.differing')).rowCount;
  const noted = await left();
  expect(await switched(undefined, candidate)).toEqual({ refused: 'it is not built and approved, or is to be dropped' });
  expect(await left()).toBe(noted);
});

test('that all is decided is not said while the model that was switched to decides some records otherwise', async () => {
  await built();
  await switched();
  await other.query(
    `UPDATE matcher.record SET waiting = NULL; INSERT INTO matcher.checkpoint (topic, partition, next_offset) VALUES ('t', 0, 5)`,
  );
  const announced = () => state.transaction((client) => announce(client, writer, 't'));
  expect(await announced()).toBe(false);
  await other.query('DELETE FROM matcher.differing');
  expect(await announced()).toBe(true);
});

test('whoever reads the live pairs for long makes a switch wait, as long as it is not stopped, and nobody who decides for more than a moment', async () => {
  await built();
  const reading = await holding('matcher.pair');
  const stop = new AbortController();
  const attempt = switched(undefined, undefined, stop);
  setTimeout(() => stop.abort(), 3_000);
  const longest = await longestWait(attempt);
  await expect(attempt).rejects.toMatchObject({ name: 'AbortError' });
  expect(longest).toBeLessThan(1_000);
  await reading.end();
  expect(await switched()).toEqual({ decidedAnew: RECORDS });
});

test('what an analyst built on a candidate goes with it, and deciding goes on', async () => {
  await built();
  await other.query('CREATE VIEW public.of_an_analyst AS SELECT * FROM matcher.candidate_pair');
  await dropCandidate({ state, writer }, 1);
  expect((await other.query(`SELECT to_regclass('public.of_an_analyst') AS view`)).rows).toEqual([{ view: null }]);
});

test.each(['matcher.candidate_record', 'matcher.candidate_pair', 'matcher.candidate_mark'])(
  'whoever reads %s for long holds up nobody who decides, while the candidate is dropped or begun again',
  async (table) => {
    await built();
    for (const act of [() => beginCandidate({ state, writer }, 1, strict.model.version), () => dropCandidate({ state, writer }, 1)]) {
      const reading = await holding(table);
      const attempt = act();
      const longest = await longestWait(attempt);
      const failed = await attempt.then(() => false, (error: { retriable?: boolean }) => error.retriable); // prettier-ignore
      expect([longest < 1_000, failed]).toEqual([true, table !== 'matcher.candidate_mark']);
      await reading.end();
      await act();
    }
  },
);

async function holding(table: string, lock = 'ACCESS SHARE'): Promise<Client> {
  const reader = new Client({ connectionString: url });
  await reader.connect();
  await reader.query(`BEGIN; LOCK TABLE ${table} IN ${lock} MODE`);
  return reader;
}
