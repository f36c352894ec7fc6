import { setTimeout as pause } from 'node:timers/promises';
import { DEFAULT_MODEL } from '#lib/matching';
import { eventually } from '../support/eventually.js';
import { ProposedModels } from '../support/proposed-models.js';
import { type Result, whole } from './result.js';

const SECONDS = 15;
/** Asks for two bits more before a join: some hundredths of all people come out otherwise. */
const STRICTER = { ...DEFAULT_MODEL, model_version: 'stricter', zones: { join: 7, review: 0, sensitive: { join: 11, review: 3 } } };

/** (beside) What deciding loses while another model is worked out beside it, and how long a switch takes. @param publishSome a few records, as they come */
export async function measureModelBeside(
  matcher: { url: string; databaseUrl: string },
  records: number,
  publishSome: () => Promise<void>,
): Promise<Result[]> {
  // prettier-ignore
  const models = await ProposedModels.open(matcher.databaseUrl);
  try {
    const alone = await delaysWhile(matcher.url, publishSome, () => pause(SECONDS * 1000));
    await models.propose(STRICTER);
    const begun = performance.now();
    const beside = await delaysWhile(matcher.url, publishSome, () =>
      eventually('the model was worked out', async () => (await models.stateOfLast()) === 'built', { within: 3_600_000 }),
    );
    const built = records / ((performance.now() - begun) / 1000);
    await models.approve();
    const asked = performance.now();
    const whileSwitching = await delaysWhile(matcher.url, publishSome, async () => {
      await models.ask('switch');
      await eventually('all that differs was sent', () => models.isSettled(), { within: 600_000 });
    });
    const switched = (performance.now() - asked) / 1000;
    return [
      {
        measure: 'beside',
        what: 'published until decided: alone, while another model is worked out, while it is switched to',
        result: [alone, beside, whileSwitching].map(({ p95, mean }) => `p95 < ${p95} s, mean ${mean.toFixed(3)} s`).join('; '),
        target: 'p95 < 1 s',
        met: beside.p95 <= 1,
        numbers: { alone: alone.mean, beside: beside.mean, switching: whileSwitching.mean },
      },
      {
        measure: 'beside',
        what: `another model over ${whole(records)} records, and from its switch until all it decides otherwise is in the log`,
        result: `${whole(built)} records/s; switched in ${switched.toFixed(1)} s`,
        target: '',
        numbers: { perSecond: built, switchedSeconds: switched },
      },
    ];
  } finally {
    await models.close();
  }
}

/** How long events wait, by the matcher's own measure, while something is done and a few come all the time. */
async function delaysWhile(
  url: string,
  publishSome: () => Promise<void>,
  work: () => Promise<unknown>,
): Promise<{ p95: number; mean: number }> {
  // prettier-ignore
  const before = await delaysOf(url);
  const done = new AbortController();
  const working = work().finally(() => done.abort());
  do await Promise.all([publishSome(), pause(200)]);
  while (!done.signal.aborted);
  await working;
  const after = await delaysOf(url);
  const count = after.count - before.count;
  const [p95] = [...after.buckets].find(([upTo, sum]) => sum - (before.buckets.get(upTo) ?? 0) >= 0.95 * count) ?? [Infinity];
  return { p95, mean: (after.sum - before.sum) / Math.max(1, count) };
}

async function delaysOf(url: string): Promise<{ buckets: Map<number, number>; sum: number; count: number }> {
  const text = await (await fetch(`${url}/metrics`)).text();
  const named = (end: string) => Number(new RegExp(`^matcher_published_to_decided_seconds_${end}\\S* (\\S+)$`, 'm').exec(text)?.[1] ?? 0);
  const buckets = [...text.matchAll(/^matcher_published_to_decided_seconds_bucket\{\S*le="([\d.]+)"\S*\} (\d+)$/gm)];
  return { buckets: new Map(buckets.map(([, upTo, sum]) => [Number(upTo), Number(sum)])), sum: named('sum'), count: named('count') };
}
