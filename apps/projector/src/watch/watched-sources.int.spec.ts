import { SourceEvent } from '#lib/events';
import { eventually } from '../../../../test/support/eventually.js';
import { publishCheck } from '../../../../test/support/source-check.js';
import { WatchedProjector } from '../../../../test/support/watched-projector.js';

let watched: WatchedProjector;
beforeAll(async () => {
  watched = await WatchedProjector.open();
});
afterAll(() => watched?.close());

const day = async (source: string) =>
  (await watched.pool.query('SELECT * FROM control.source_day WHERE source = $1', [source])).rows[0] as Record<string, number>;

const mosaic = (o: { ago?: number; recordsHeld?: number; openInvolvementsHeld?: number } = {}) =>
  publishCheck(watched.log, { source: 'mosaic', service: 'childrens-social-care', ...o });
const opened = (count: number) =>
  Array.from({ length: count }, (_, index) =>
    SourceEvent.parse({
      type: 'InvolvementOpened',
      source: 'niche',
      recordId: String(index),
      sourceVersion: { epoch: 0, position: index + 1 },
      occurredAt: '2026-05-01T09:00:00Z',
      involvementId: `i-${index}`,
      service: 'police',
    }),
  );

describe('A silent source', () => {
  it('is one that was never heard', async () => {
    expect((await watched.raised('source-silent', 'synergy')).details).toEqual({ lastHeardAt: null, completeTo: null });
    await watched.measured('index_source_late{source="synergy",app="projector"} 1');
  });

  it('is over as soon as it says that it is complete, and raised when it was complete too long ago', async () => {
    await watched.raised('source-silent', 'mosaic');
    await mosaic();
    await watched.cleared('source-silent', 'mosaic');
    await mosaic({ ago: 29 });
    await eventually('a silence of 29 minutes', async () =>
      /index_source_silence_seconds\{source="mosaic",app="projector"\} 17[45]\d/.test(await watched.metrics()),
    );
    expect(await watched.alarm('source-silent', 'mosaic')).toBeUndefined();
    await mosaic({ ago: 31 });
    await watched.raised('source-silent', 'mosaic');
    await watched.measured('index_alarm_open{code="source-silent",source="mosaic",app="projector"} 1');
    await watched.measured('index_source_late{source="mosaic",app="projector"} 1');
    await mosaic();
    await watched.cleared('source-silent', 'mosaic');
  });

  it('has minutes of its day counted, each once, however often they are looked at', async () => {
    const before = await day('synergy');
    await watched.looked(3);
    const { minutes_late: late, minutes_on_time: onTime } = await day('synergy');
    expect(onTime).toBe(0);
    expect(late! - before.minutes_late!).toBeLessThanOrEqual(1);
    expect(late).toBeGreaterThanOrEqual(1);
  });
});

describe('A source that drops', () => {
  it('by its own word alarms, though it is on time, and is over when its records come back', async () => {
    await mosaic({ recordsHeld: 1_000, openInvolvementsHeld: 500 });
    await eventually('its claim', async () => Number((await day('mosaic')).records_held) === 1_000, { within: 10_000 });
    await mosaic({ recordsHeld: 700, openInvolvementsHeld: 499 });
    const { details } = await watched.raised('source-dropped', 'mosaic');
    expect(details).toEqual({ what: 'records', from: { recordsHeld: 1_000 }, to: { recordsHeld: 700 } });
    await watched.measured('index_source_dropped{source="mosaic",app="projector"} 1');
    await mosaic({ recordsHeld: 900, openInvolvementsHeld: 499 });
    await watched.cleared('source-dropped', 'mosaic');
  });

  it('is no alarm any more when somebody accepts it, and the next drop is measured from there', async () => {
    await mosaic({ recordsHeld: 900, openInvolvementsHeld: 300 });
    expect((await watched.raised('source-dropped', 'mosaic')).details).toMatchObject({
      what: 'open-involvements',
      from: { openHeld: 500 },
    });
    await watched.pool.query(`UPDATE control.alarm SET accepted_at = now() WHERE code = 'source-dropped' AND cleared_at IS NULL`);
    await watched.cleared('source-dropped', 'mosaic');
    await watched.looked(2);
    expect(await watched.alarm('source-dropped', 'mosaic')).toBeUndefined();
    await mosaic({ recordsHeld: 900, openInvolvementsHeld: 200 });
    expect((await watched.raised('source-dropped', 'mosaic')).details).toMatchObject({ from: { openHeld: 300 }, to: { openHeld: 200 } });
  });

  it('by what the index holds alarms too, whatever the source says', async () => {
    await watched.log.publish(opened(60));
    await eventually('60 open involvements', async () => Number((await day('niche')).open_here) === 60, { within: 15_000 });
    expect(Number((await day('niche')).events)).toBe(60);
    await publishCheck(watched.log, { source: 'niche', service: 'police' });
    const kept = () => watched.pool.query(`SELECT 1 FROM control.source_hour WHERE source = 'niche' AND open_here = 60`);
    await eventually('its count being kept', async () => (await kept()).rows.length === 1, { within: 10_000 });
    await watched.pool.query(`UPDATE read_1.involvement SET status = 'closed' WHERE source = 'niche' AND involvement_id < 'i-4'`);
    expect((await watched.raised('source-dropped', 'niche')).details).toMatchObject({ what: 'open-involvements', from: { openHere: 60 } });
  });
});
