import {
  askRequest,
  generationNumbered,
  isKeptUp,
  type ListedGeneration,
  type OperatorRequest,
  requestOf,
  type RequestVerb,
  switchGeneration,
} from '#lib/read-model';
import { eventually } from '../../support/eventually.js';
import type { Scene } from './scene.js';

/** Asks upkeep for something, as operators do. @returns the request’s id */
export const ask = (scene: Scene, verb: RequestVerb, args: Record<string, unknown>): Promise<string> =>
  askRequest(scene.pool, { verb, arguments: args, askedBy: 'drill', reason: 'drill' });

/** Waits until a request has ended. @throws Error where it failed */
export async function done(scene: Scene, id: string, within = 90_000): Promise<OperatorRequest> {
  const ended = await eventually(
    'a request was done',
    async () => {
      const request = await requestOf(scene.pool, id);
      return request?.endedAt == null ? undefined : request;
    },
    { within },
  );
  if (ended.state !== 'done') throw new Error(`${ended.verb} failed: ${JSON.stringify(ended.outcome)}`);
  return ended;
}

/** Waits until a generation is at something. */
export const until = (
  scene: Scene,
  id: number,
  what: string,
  there: (generation: ListedGeneration) => boolean,
  within = 60_000,
): Promise<ListedGeneration> =>
  eventually(
    `generation ${id} ${what}`,
    async () => {
      const generation = await generationNumbered(scene.pool, id);
      return there(generation) ? generation : undefined;
    },
    { within },
  );

export const untilReady = (scene: Scene, id: number, within = 90_000): Promise<ListedGeneration> =>
  until(scene, id, 'was ready', ({ state }) => state === 'ready', within);

/** Compares a generation with the live one, whole, and switches to it. @throws Error where they differ */
export async function compareAndSwitch(scene: Scene, id: number): Promise<void> {
  const { outcome } = await done(scene, await ask(scene, 'compare', { generation: id }));
  if (outcome?.differences !== 0) throw new Error(`generation ${id} differs from the live one: ${JSON.stringify(outcome)}`);
  await scene.untilCaughtUp(60_000, `read_${id}`);
  await eventually('a projector kept it up', () => isKeptUp(scene.pool, id), { within: 20_000 });
  await switchGeneration(scene.pool, { to: id });
}

/** Whether there is anything of a generation in the database. */
export async function schemaIsThere(scene: Scene, id: number): Promise<boolean> {
  const { rows } = await scene.pool.query('SELECT FROM information_schema.schemata WHERE schema_name = $1', [`read_${id}`]);
  return rows.length > 0;
}
