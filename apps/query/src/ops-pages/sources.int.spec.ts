import { Operator } from '../../../../test/support/operator.js';
import { MINUTE } from '../../../../test/support/stored-operations.js';
import { dayWords, londonDay } from '../day-words.js';

let ola: Operator;
beforeAll(async () => {
  ola = await Operator.open();
});
afterAll(() => ola?.close());

const daysAgo = (days: number) => londonDay(Date.now() - days * 86_400_000);
const section = async (source: string) => {
  const html = await ola.html('/operations/sources');
  const found = new RegExp(`<section[^>]*id="${source}"[^]*?</section>`).exec(html)![0];
  return { html: found, text: found.replaceAll(/<[^>]*>/g, ' ').replaceAll(/\s+/g, ' ') };
};

describe('The page of sources', () => {
  it('says of each when it spoke, when it has to speak again, and whether it is late', async () => {
    const { text } = await section('mosaic');
    expect(text).toMatch(/Mosaic On time Newest event none yet Heartbeat complete up to [\d.]+ seconds? ago/);
    expect(text).toMatch(/Next expected \d+ \w+ \d+ at \d\d:\d\d, every 15 minutes; late from/);
    expect(text).toContain('Parked none');
  });

  it('says that a source is late, in words', async () => {
    await ola.app.people.checked('mosaic', 'childrens-social-care', { at: Date.now() - 50 * MINUTE });
    await ola.stored.parked({ at: Date.now() - 20 * MINUTE });
    const { text } = await section('mosaic');
    expect(text).toContain('Mosaic Late Newest event none yet Heartbeat complete up to 50 minutes ago');
    expect(text).toMatch(/every 15 minutes; late since \d/);
    expect(text).toContain('1 event of Mosaic parked , the oldest for 20 minutes');
  });

  it('does not take a check for one that has not arrived everywhere', async () => {
    await ola.stored.pool.query(`DELETE FROM read_1.coverage WHERE source = 'cis' AND partition = 1`);
    await ola.stored.progress('cis');
    expect((await section('cis')).text).toContain('Heartbeat it has not said yet that it is complete');
  });

  it('says that a source is late as soon as it is late about one of the services it speaks for, and goes by no other', async () => {
    await ola.app.people.checked('liquidlogic', 'school', { at: Date.now() - 500 * MINUTE });
    expect((await section('liquidlogic')).text).toMatch(
      /LiquidLogic On time Newest event none yet Heartbeat complete up to [\d.]+ seconds? ago/,
    );
    await ola.app.people.checked('liquidlogic', 'childrens-social-care', { at: Date.now() - 150 * MINUTE });
    expect((await section('liquidlogic')).text).toMatch(
      /LiquidLogic Late Newest event none yet Heartbeat complete up to [\d.]+ (hours|minutes) ago/,
    );
    const gone = `(service, partition) IN (('early-help', 0), ('childrens-social-care', 1))`;
    await ola.stored.pool.query(`DELETE FROM read_1.coverage WHERE source = 'liquidlogic' AND ${gone}`);
    expect((await section('liquidlogic')).text).toContain('Heartbeat it has not said yet that it is complete');
  });

  it('lists a source that publishes without being in the settings', async () => {
    await ola.stored.progress('stray');
    expect((await section('stray')).text).toContain('stray No times agreed Newest event');
  });

  it('says that no day was watched where none was', async () => {
    expect((await section('synergy')).text).toContain('30 days: 30 not watched');
  });

  it('shows 30 days as a strip, in words, and one by one in a table', async () => {
    await ola.stored.day('synergy', daysAgo(3));
    await ola.stored.day('synergy', daysAgo(2), { onTime: 1_405, late: 35, events: 90 });
    await ola.stored.day('synergy', daysAgo(1), { onTime: 0, late: 1_440, events: 0 });
    await ola.stored.day('synergy', daysAgo(40), { late: 1_440, onTime: 0, events: 0 });
    const { html, text } = await section('synergy');
    expect(text).toContain('30 days: 1 on time, 1 late (35 minutes in all), 1 missing, 27 not watched');
    const marks = [...html.matchAll(/ii-strip__day--([a-z-]+)/g)].map(([, state]) => state);
    expect(marks).toHaveLength(30);
    expect(marks.slice(-4)).toEqual(['on-time', 'late', 'missing', 'not-watched']);
    const one = await ola.read('/operations/sources/synergy');
    expect(one).toContain(`${dayWords(daysAgo(2))} State Late Minutes late 35 Events 90 Records held 120 Open involvements held 40`);
    expect(one).toContain(`${dayWords(daysAgo(1))} State Missing Minutes late 1,440 Events 0`);
    expect(one).toContain(`${dayWords(daysAgo(0))} State Not watched Minutes late – Events –`);
  });
});
