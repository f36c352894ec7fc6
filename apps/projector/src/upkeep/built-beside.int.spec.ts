import {
  allGenerations,
  askForGeneration,
  dropGeneration,
  generationNumbered,
  isKeptUp,
  liveGeneration,
  steerBuild,
  switchGeneration,
} from '#lib/read-model';
import { eventually } from '../../../../test/support/eventually.js';
import { UpkeptReadModel } from '../../../../test/support/upkept-read-model.js';

let model: UpkeptReadModel;
beforeAll(async () => {
  model = await UpkeptReadModel.open();
});
afterAll(() => model?.close());

describe('A generation built beside the live one', () => {
  it('is folded from the beginning, keeps up, is found the same, goes live and back again', async () => {
    await model.log.publish(model.involvements(2_000, 'first'));
    await model.settled('read_1', 2_000);
    const id = await askForGeneration(model.pool);
    await model.ready(id);
    expect(await model.held('read_2')).toBe(2_000);
    const indexes = await model.value<number>(`SELECT count(*)::int FROM pg_indexes WHERE schemaname = 'read_2'`);
    expect(indexes).toBe(await model.value<number>(`SELECT count(*)::int FROM pg_indexes WHERE schemaname = 'read_1'`));

    await model.log.publish(model.involvements(100, 'later'));
    await model.settled('read_2', 2_100);
    await model.settled('read_1', 2_100);
    await expect(switchGeneration(model.pool, { to: id })).rejects.toMatchObject({ code: 'not-compared' });
    const compared = await model.ask('compare', { generation: id });
    expect(compared).toMatchObject({ state: 'done', outcome: { differences: 0, undecided: 0 } });
    expect(Number(compared.outcome!.rows)).toBeGreaterThanOrEqual(2_100);
    await eventually('a projector keeping it up', () => isKeptUp(model.pool, id));
    expect(await switchGeneration(model.pool, { to: id })).toEqual({ from: 1, to: 2 });
    expect(await liveGeneration(model.pool)).toMatchObject({ id: 2, schema: 'read_2' });

    await model.log.publish(model.involvements(50, 'after'));
    await model.settled('read_1', 2_150);
    await model.settled('read_2', 2_150);
    expect(await switchGeneration(model.pool, { to: 1 })).toEqual({ from: 2, to: 1 });
  });

  it('is not switched to where a row differs, unless somebody answers for it', async () => {
    await model.pool.query(`UPDATE read_2.involvement SET team = 'Nobody' WHERE involvement_id = 'first-7'`);
    const { id, outcome } = await model.ask('compare', { generation: 2 });
    expect(outcome).toMatchObject({ differences: 1 });
    const { rows } = await model.pool.query('SELECT table_name, field, here, there FROM control.difference WHERE comparison = $1', [id]);
    expect(rows).toEqual([{ table_name: 'involvement', field: 'team', here: null, there: expect.stringMatching(/^[0-9a-f]{12}$/) }]);
    await model.pool.query(`UPDATE control.generation SET state = 'ready' WHERE id = 2`);
    await expect(switchGeneration(model.pool, { to: 2 })).rejects.toMatchObject({ code: 'differences' });
    expect(await switchGeneration(model.pool, { to: 2, approved: 'the team was renamed' })).toEqual({ from: 1, to: 2 });
    await switchGeneration(model.pool, { to: 1 });
    await dropGeneration(model.pool, 2);
    expect(await model.value('SELECT count(*)::int FROM information_schema.schemata WHERE schema_name = $1', ['read_2'])).toBe(0);
  });

  it('waits while it is paused, is slowed down, and leaves nothing when it is cancelled', async () => {
    const id = await askForGeneration(model.pool, { throttle: 200 });
    await expect(askForGeneration(model.pool)).rejects.toMatchObject({ code: 'build-under-way' });
    await eventually('some events', async () => (await generationNumbered(model.pool, id)).eventsDone > 0);
    await steerBuild(model.pool, { wanted: 'pause' });
    const stands = () => model.value<number>('SELECT sum(next_offset)::int FROM read_3.checkpoint');
    await eventually('the build standing still', async () => {
      const before = await stands();
      await new Promise((resolve) => setTimeout(resolve, 1_500));
      return (await stands()) === before;
    });
    expect(await stands()).toBeLessThan(2_150);
    await expect(switchGeneration(model.pool, { to: id })).rejects.toMatchObject({ code: 'wrong-generation' });
    await steerBuild(model.pool, { wanted: 'cancel' });
    await eventually('it being dropped', async () => (await generationNumbered(model.pool, id)).state === 'dropped');
    expect(await model.value('SELECT count(*)::int FROM information_schema.schemata WHERE schema_name = $1', ['read_3'])).toBe(0);
  });

  it('goes on where it was when its builder is stopped in the middle', async () => {
    const id = await askForGeneration(model.pool, { throttle: 400 });
    await eventually('some events', async () => (await generationNumbered(model.pool, id)).eventsDone > 0);
    const before = await model.withoutUpkeep(async () => (await generationNumbered(model.pool, id)).eventsDone);
    await steerBuild(model.pool, { throttle: null });
    await model.ready(id);
    expect(before).toBeLessThan(2_150);
    expect(await model.held(`read_${id}`)).toBe(2_150);
    expect((await allGenerations(model.pool)).filter(({ state }) => state === 'live')).toHaveLength(1);
  });
});
