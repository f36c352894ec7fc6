/** What another match model would change, counted by hand and by the database. */
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { subjectOf } from '../../../../test/support/match-steps.js';
import { eventually } from '../../../../test/support/eventually.js';
import { ModelsByHand } from '../../../../test/support/models-by-hand.js';
import { type ChangedBySources, changedBySources, noteChanged, noteSources, somePairs } from './changed-pairs.js';
import { countModels } from './model-counts.js';
import { askMatcher } from './models.js';

let models: ModelsByHand;
beforeAll(async () => {
  models = await ModelsByHand.open();
  await models.client.query('CREATE SCHEMA read_1; CREATE TABLE read_1.record (subject uuid, source text)');
});
afterAll(() => models?.close());

interface Matched {
  now: number;
  after: number;
  source: string;
}
const matched = fc.array(
  fc.record({ now: fc.nat(4), after: fc.nat(4), source: fc.constantFrom('cis', 'mosaic', 'synergy') }),
  { minLength: 1, maxLength: 12 },
); // prettier-ignore

/** Every pair that is one person by one model alone. */
function changedPairs(records: readonly Matched[]): { change: 'gained' | 'lost'; one: string; other: string; sources: string }[] {
  return records.flatMap((a, at) =>
    records.slice(at + 1).flatMap((b, beyond) => {
      if ((a.now === b.now) === (a.after === b.after)) return [];
      const change = a.now === b.now ? 'lost' as const : 'gained' as const;
      return [{ change, one: subjectOf(at), other: subjectOf(at + 1 + beyond), sources: [a.source, b.source].sort().join(' + ') }];
    }),
  ); // prettier-ignore
}

test('joins that come and go are counted as one by one, in all and between any two sources, and as many are shown as are asked for', async () => {
  await fc.assert(
    fc.asyncProperty(matched, fc.integer({ min: 1, max: 5 }), async (records, limit) => {
      await models.people(records.map(({ now }) => now), records.map(({ after }) => after));
      await models.client.query('TRUNCATE read_1.record; DROP TABLE IF EXISTS changed_record');
      await models.client.query('INSERT INTO read_1.record SELECT * FROM unnest($1::uuid[], $2::text[])', [records.map((_, at) => subjectOf(at)), records.map(({ source }) => source)]);
      await noteChanged(models.client);
      await noteSources(models.client, models.client, 'read_1');

      const expected = changedPairs(records);
      const [lost, gained] = (['lost', 'gained'] as const).map((change) => expected.filter((one) => one.change === change));
      expect(await countModels(models.client)).toMatchObject({ records: records.length, joinsLost: lost!.length, joinsGained: gained!.length });
      const between = (await changedBySources(models.client)).map((of: ChangedBySources) => [of.sources.join(' + '), { lost: of.lost, gained: of.gained }] as const);
      const bySources = Map.groupBy(expected, ({ sources }) => sources);
      const counted = [...bySources].map(([sources, of]) => [sources, { lost: of.filter(({ change }) => change === 'lost').length, gained: of.filter(({ change }) => change === 'gained').length }] as const);
      expect(new Map(between)).toEqual(new Map(counted));
      const shown = await somePairs(models.client, limit);
      expect(shown.map(({ change, one, other }) => [change, one, other])).toEqual([...lost!.slice(0, limit), ...gained!.slice(0, limit)].map(({ change, one, other }) => [change, one, other]));
    }),
    { numRuns: 60 },
  );
}, 60_000); // prettier-ignore

test('a pair waits for a steward once: not of an erased, removed or replaced record, nor where it was ruled on', async () => {
  const reviews = async () => (await countModels(models.client)).reviews;
  await models.people([0, 1, 2, 3, 4], [0, 1, 2, 3, 4]);
  await models.forSteward(0, 1);
  await models.forSteward(0, 2);
  await models.forSteward(1, 3);
  await models.forSteward(3, 4);
  expect(await reviews()).toEqual({ now: 4, after: 4 });
  await models.record(4, 'erased = true');
  expect(await reviews()).toEqual({ now: 3, after: 3 });
  await models.ruled(0, 1, 'apart');
  expect(await reviews()).toEqual({ now: 2, after: 2 });
  // The ruling goes with the record to the one in its place.
  await models.record(1, `replaced_by = '${subjectOf(2)}'`);
  expect(await reviews()).toEqual({ now: 0, after: 0 });
  expect((await countModels(models.client)).rulingsAgainst).toEqual({ now: 0, after: 0 });
  await models.ruled(0, 2, 'together');
  expect((await countModels(models.client)).rulingsAgainst).toEqual({ now: 1, after: 1 });
  await models.record(0, 'erased = true');
  expect((await countModels(models.client)).rulingsAgainst).toEqual({ now: 0, after: 0 });
});

test('a switch is over once all is sent that it has changed, though records come all the time', async () => {
  const { client } = models;
  const unsent = (decision: number) => client.query(`INSERT INTO matcher.outbox (decision, type) VALUES ($1, 'RecordAssigned')`, [decision]);
  const { rows } = await client.query<{ id: number }>(`INSERT INTO matcher.model (settings, proposed_by, reason, state) VALUES ('{}', 'robin', 'x', 'live') RETURNING id`);
  await client.query('UPDATE matcher.progress SET last_decision = 10');
  await unsent(10);
  const switched = { over: false };
  const asked = askMatcher(client, rows[0]!.id, 'switch', 5_000).then(() => (switched.over = true));
  for (let decision = 11; !switched.over && decision < 40; decision += 1) {
    await unsent(decision);
    await client.query('UPDATE matcher.progress SET last_decision = $1', [decision]);
    await client.query('DELETE FROM matcher.outbox WHERE decision < $1', [decision]);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  await asked;
  expect((await client.query('SELECT FROM matcher.outbox')).rowCount).toBe(1);
}); // prettier-ignore

test('a switch is not over while any record that it decides otherwise is still to be decided', async () => {
  const { client } = models;
  const { rows } = await client.query<{ id: number }>(`SELECT id FROM matcher.model WHERE state = 'live'`);
  await client.query('TRUNCATE matcher.outbox');
  await client.query('INSERT INTO matcher.differing (model, subject) VALUES ($1, $2)', [rows[0]!.id, subjectOf(0)]);
  await expect(askMatcher(client, rows[0]!.id, 'switch', 500)).rejects.toThrow('has not finished yet');
  await client.query('DELETE FROM matcher.differing');
  await expect(askMatcher(client, rows[0]!.id, 'switch', 500)).resolves.toBeUndefined();
});

test('a switch that the matcher refuses is told as refused, and one that nobody approves any more is not even asked for', async () => {
  const { client } = models;
  const { rows } = await client.query<{ id: number }>(
    `INSERT INTO matcher.model (settings, proposed_by, reason, state) VALUES ('{}', 'robin', 'x', 'built') RETURNING id`,
  );
  await expect(askMatcher(client, rows[0]!.id, 'switch', 5_000)).rejects.toThrow('approve it again');
  await client.query(`UPDATE matcher.model SET approved_by = 'kim' WHERE id = $1`, [rows[0]!.id]);
  const asked = askMatcher(client, rows[0]!.id, 'switch', 5_000);
  void eventually('it was asked for', async () => (await client.query(`UPDATE matcher.model SET wanted = NULL WHERE wanted = 'switch'`)).rowCount === 1);
  await expect(asked).rejects.toThrow('its log says what stands in the way');
}); // prettier-ignore
