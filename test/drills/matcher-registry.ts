import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { eventually } from '../support/eventually.js';
import { type MatchingStage, matcherDrill } from './harness/matching-stage.js';
import type { Mood, RegistryFront } from './harness/registry-front.js';
import { BAD, frontOf, publishWithNewId } from './registry.js';

/** Longer than the registry is asked again for. */
const WAITS_MS = 3_000;

/** The registry is away in every way, at the start and when an envelope of a schema nobody has met comes by: it is waited for, and nothing is passed over. */
export const matcherRegistryAway = matcherDrill({
  name: 'matcher-registry-away',
  what: 'the registry refuses, fails, hangs and answers with a web page, as the matcher starts and decides',
  perSecond: 50,
  async run(stage) {
    const front = await frontOf(stage.scene);
    for (const mood of stage.scene.short ? BAD.slice(1, 2) : BAD) await away(stage, front, mood);
    await stage.matcher();
  },
});

async function away(stage: MatchingStage, front: RegistryFront, mood: Mood): Promise<void> {
  const { scene, load } = stage;
  const asked = () => {
    const before = front.asked;
    return eventually('the registry was asked', async () => front.asked > before, { within: 20_000 });
  };
  front.mood = mood;
  const own = { REGISTRY_URL: front.url, CACHE_DIR: join(scene.env.CACHE_DIR!, mood) };
  const matcher = await stage.matcher(own, { awaited: false });
  await asked();
  if (await matcher.isReady()) throw new Error('a matcher that could not ask the registry says that it is ready');
  front.mood = 'honest';
  await eventually('the matcher was ready', () => matcher.isReady(), { within: 40_000 });
  await stage.untilDecided(20);
  await scene.stopLoad();
  await stage.untilAllDecided();

  front.mood = mood;
  const from = await stage.takenIn();
  await publishWithNewId(scene, `${mood} for the matcher`);
  await asked();
  await pause(WAITS_MS);
  if ((await stage.takenIn()) !== from) throw new Error('the matcher went on without the registry');
  front.mood = 'honest';
  await stage.untilAllDecided();
  load.start();
  await matcher.stop();
}
