import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { eventually } from '../support/eventually.js';
import type { SpawnedApp } from '../support/spawned-app.js';
import type { Drill } from './harness/drill.js';
import { ask, done } from './harness/generations.js';
import { metricsOf } from './harness/halted.js';
import { type Mood, RegistryFront } from './harness/registry-front.js';
import type { Scene } from './harness/scene.js';
import { readTopic } from './judge/read-topic.js';

export const BAD: Mood[] = ['refusing', 'failing', 'hanging', 'html'];

/** The registry is away in every way, at the start and when an envelope of a schema nobody has met comes by: everything waits, in order. */
export const registryAway: Drill = {
  name: 'registry-away',
  what: 'the registry refuses, fails, hangs and answers with a web page, at the start and while reading',
  async run(scene) {
    const front = await frontOf(scene);
    scene.startLoad({ perSecond: 50 });
    for (const mood of scene.short ? BAD.slice(1, 2) : BAD) {
      front.mood = mood;
      const projector = await scene.projector({ REGISTRY_URL: front.url, CACHE_DIR: join(scene.env.CACHE_DIR!, mood) }, { awaited: false });
      await eventually('the registry was asked', async () => front.asked > 0, { within: 20_000 });
      if (await projector.isReady()) throw new Error('a projector that could not ask the registry says that it is ready');
      front.mood = 'honest';
      await eventually('the projector was ready', () => projector.isReady(), { within: 40_000 });
      await scene.untilApplied(20);
      front.mood = mood;
      await publishWithNewId(scene, mood);
      await eventually('it waited', async () => /projector_retries_total\{[^}]*\} [1-9]/.test(await metricsOf(projector)), {
        within: 30_000,
      });
      front.mood = 'honest';
      await scene.untilApplied(50, 60_000);
      await projector.stop();
    }
    await scene.projector();
  },
};

/** A schema id that the registry does not know, for a while; then it does, a redrive lets go of what was parked, and what comes later is folded. */
export const unknownSchema: Drill = {
  name: 'unknown-schema',
  what: 'a schema id unknown to the registry for a while, then known',
  async run(scene) {
    const front = await frontOf(scene);
    const own = { REGISTRY_URL: front.url, CACHE_DIR: join(scene.env.CACHE_DIR!, 'own') };
    const projector = await scene.projector(own);
    scene.startLoad({ perSecond: 50 });
    front.mood = 'blind';
    const id = await newEnvelopeId(scene, 'for a while');
    front.hidden.set(`/schemas/ids/${id}`, '');
    await republish(scene, id);
    await eventually('it was parked', async () => (await metricsOf(projector)).includes('parked_total{code="undecodable"'));
    // The last that checkpoints remember is what could not be read; the next projector can read it.
    await scene.stopLoad();
    await republish(scene, id);
    const upkeep = await upkeepThatTried(scene, front);
    front.mood = 'honest';
    await nothingStays(scene);
    await upkeep.stop();
    await projector.stop();
    await scene.projector(own);
    scene.startLoad({ perSecond: 50 });
    await scene.untilApplied(20);
    if (scene.short) return;
    // An id once unknown is asked for again after 30 s.
    await pause(31_000);
    await republish(scene, id);
    await scene.untilCaughtUp();
    await nothingIsParked(scene);
  },
};

/** The registry gives the schema of something else: nothing of it may be taken for an event, and nothing of it is believed for ever. */
export const registryLies: Drill = {
  name: 'registry-lies',
  what: 'the registry answers with the schema of another record, and with one whose fields stand in another order',
  async run(scene) {
    const front = await frontOf(scene);
    front.mood = 'lying';
    const [other, swapped] = [await newEnvelopeId(scene, 'another record'), await newEnvelopeId(scene, 'swapped')];
    front.hidden.set(`/schemas/ids/${other}`, JSON.stringify({ schema: readFileSync('schemas/rejection.avsc', 'utf8') }));
    const envelope = JSON.parse(readFileSync('schemas/envelope.avsc', 'utf8')) as { fields: { name: string }[] };
    const [first, second] = ['occurredAt', 'publishedAt'].map((name) => envelope.fields.findIndex((field) => field.name === name)) as [
      number,
      number,
    ];
    [envelope.fields[first], envelope.fields[second]] = [envelope.fields[second]!, envelope.fields[first]!];
    front.hidden.set(`/schemas/ids/${swapped}`, JSON.stringify({ schema: JSON.stringify(envelope) }));
    await scene.projector({ REGISTRY_URL: front.url, CACHE_DIR: join(scene.env.CACHE_DIR!, 'own') });
    scene.startLoad({ perSecond: 50 });
    for (const id of [other, swapped]) await republish(scene, id);
    await scene.untilApplied(50);
    await upkeepThatTried(scene, front);
    front.mood = 'honest';
    await nothingStays(scene);
  },
};

export async function frontOf(scene: Scene): Promise<RegistryFront> {
  const front = await RegistryFront.open(scene.env.REGISTRY_URL!);
  scene.whenOver(() => front.close());
  return front;
}

/** Registers the envelope's schema once more, differing in its words alone. @returns the id it got */
async function newEnvelopeId(scene: Scene, doc: string): Promise<number> {
  const schema = { ...(JSON.parse(readFileSync('schemas/envelope.avsc', 'utf8')) as object), doc };
  const subject = encodeURIComponent(`${scene.env.TOPIC_PREFIX}${doc}`);
  const answer = await fetch(`${scene.env.REGISTRY_URL}/subjects/${subject}/versions`, {
    method: 'POST',
    headers: { 'content-type': 'application/vnd.schemaregistry.v1+json' },
    body: JSON.stringify({ schema: JSON.stringify(schema) }),
  });
  if (!answer.ok) throw new Error(`the registry answered ${answer.status}: ${await answer.text()}`);
  return ((await answer.json()) as { id: number }).id;
}

export async function publishWithNewId(scene: Scene, doc: string): Promise<void> {
  await republish(scene, await newEnvelopeId(scene, doc));
}

/** Events of the log once more, as if written by somebody with this schema. */
async function republish(scene: Scene, id: number): Promise<void> {
  const messages = await eventually('there were events', async () => {
    const read = await readTopic(scene.kafka, scene.topics.involvementLog);
    return read.messages.length > 20 && read.messages;
  });
  const some = messages.slice(-20).map(({ key, partition, value }) => {
    const renamed = Buffer.from(value!);
    renamed.writeUInt32BE(id, 1);
    return { key: key!, partition, value: renamed };
  });
  await scene.log.publishRaw(some);
}

/** What could not be read then can be read later, and waits for a redrive. One that comes too early changes nothing, and harms nothing. */
async function upkeepThatTried(scene: Scene, front: RegistryFront): Promise<SpawnedApp> {
  await scene.stopLoad();
  await scene.untilCaughtUp();
  const { rows } = await scene.pool.query<{ place: string }>(
    `SELECT topic || '/' || partition || '/' || log_offset AS place FROM read_1.parked`,
  );
  if (rows.length === 0) throw new Error('nothing was parked');
  for (const { place } of rows) scene.mayBeParked.add(place);
  scene.redriven = true;
  const upkeep = await scene.upkeep({ REGISTRY_URL: front.url, CACHE_DIR: join(scene.env.CACHE_DIR!, 'upkeep') });
  const { outcome } = await done(scene, await ask(scene, 'redrive', {}));
  if (outcome?.stillParked !== rows.length) throw new Error(`a redrive that came too early came to ${JSON.stringify(outcome)}`);
  return upkeep;
}

/** The registry is right again: a redrive asks it, without a restart. */
async function nothingStays(scene: Scene): Promise<void> {
  await done(scene, await ask(scene, 'redrive', {}));
  await nothingIsParked(scene);
}

async function nothingIsParked(scene: Scene): Promise<void> {
  const { rows } = await scene.pool.query(`SELECT FROM read_1.parked`);
  if (rows.length > 0) throw new Error(`${rows.length} events are still parked`);
}
