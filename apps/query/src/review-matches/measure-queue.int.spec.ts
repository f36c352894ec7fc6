import { eventually } from '../../../../test/support/eventually.js';
import { MatcherByHand } from '../../../../test/support/matcher-by-hand.js';
import { QueryApp } from '../../../../test/support/query-app.js';
import { born } from '../../../../test/support/stored-people.js';
import { startQuery } from '../start.js';

const metricsOf = async (url: string) =>
  Object.fromEntries(
    [
      ...(await (await fetch(`${url}/metrics`)).text()).matchAll(
        /^(involvement_matches_[a-z_]+)(?:\{(?:harm="([a-z]+)",)?[^}]*\})? (\S+)$/gm,
      ),
    ].map(([, name, harm, value]) => [[name, harm].filter(Boolean).join(' '), Number(value)]),
  );

it('What waits for stewards is counted with how long the oldest of each kind has, but for whoever is restricted; while the matcher is away it is no figure', async () => {
  const matcher = await MatcherByHand.open();
  const app = await QueryApp.open();
  const record = (source: string) => app.people.record({ source, dateOfBirth: born('1980-02-03') });
  const police = [await record('niche'), await record('mosaic')] as const;
  const restricted = [await record('niche'), await record('mosaic')] as const;
  await app.people.restrictByHand(restricted[0].subject);
  await matcher.waits(...police, 2);
  await matcher.waits(...restricted, 500);
  const watched = await startQuery({ ...app.env, MATCHER_STEWARDS_URL: matcher.stewardsUrl });
  try {
    const told = await eventually('it was counted', async () => {
      const read = await metricsOf(watched.url);
      return (read['involvement_matches_waiting'] ?? 0) > 0 && read;
    });
    expect(told['involvement_matches_waiting']).toBe(2);
    const hours = (told['involvement_matches_oldest_seconds careful'] ?? 0) / 3600;
    expect(hours).toBeGreaterThan(1.9);
    expect(hours).toBeLessThan(2.5);
    expect(told['involvement_matches_oldest_seconds disagreed']).toBe(0);
    expect((await metricsOf(app.url))['involvement_matches_waiting']).toBeNaN();
  } finally {
    await watched.stop();
    await app.close();
    await matcher.close();
  }
});
