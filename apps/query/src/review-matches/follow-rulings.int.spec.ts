import { Metrics } from '#lib/runtime';
import { textOf } from '../../../../test/support/pages.js';
import { DIFFERENT, SAME, StewardsDesk } from '../../../../test/support/stewards-desk.js';
import { FollowRulings } from './follow-rulings.js';
import { KeptRulings } from './kept-rulings.js';
import { MatchMeasures } from './match-measures.js';
import { MatcherDoor } from './matcher-door.js';

let desk: StewardsDesk;
let door: MatcherDoor;
let metrics: Metrics;
let following: FollowRulings;
beforeAll(async () => {
  desk = await StewardsDesk.open();
  door = new MatcherDoor(desk.matcher.stewardsUrl, () => undefined);
  metrics = new Metrics('followed');
  following = new FollowRulings(new KeptRulings(desk.app.people.pool), door, new MatchMeasures(metrics));
});
afterAll(async () => {
  await door?.close();
  await desk?.close();
});

const followed = async (one: string) =>
  (
    await desk.app.people.pool.query<{ done: boolean }>(
      'SELECT followed_at IS NOT NULL AS done FROM decided.pair_ruling WHERE one = $1 ORDER BY number',
      [one],
    )
  ).rows.map(({ done }) => done);
const saysOf = async (path: string) => textOf((await desk.read(path)).text);
const measured = async (name: string, until?: string) =>
  (await metrics.registry.getSingleMetric(name)!.get()).values.find(({ labels }) => labels.until === until)?.value;

describe('A ruling that was handed over to the matcher', () => {
  it('is followed until it is in the log, and not only until the matcher has decided it', async () => {
    const { path, one } = await desk.waits();
    await desk.decide(path, SAME);
    await following.all();
    expect(await followed(one)).toEqual([false]);
    await desk.matcher.takesUp(one);
    await desk.matcher.run(`INSERT INTO matcher.outbox (decision, type) VALUES (1, 'RecordsKeptTogether')`);
    await following.all();
    expect([await followed(one), await saysOf(path)]).toEqual([[false], expect.stringContaining('The matcher has taken it up.')]);
    await desk.matcher.run('DELETE FROM matcher.outbox');
    await following.all();
    expect(await followed(one)).toEqual([true]);
  });

  it('has been taken up also where its request was lost with the matcher’s database and its rule came back from the log', async () => {
    const [old, before] = [await desk.waits(), await desk.waits()];
    await desk.decide(old.path, SAME);
    await desk.decide(before.path, DIFFERENT);
    for (const { one } of [old, before]) await desk.matcher.takesUp(one);
    await following.all();
    await desk.app.people.pool.query('UPDATE decided.pair_ruling SET followed_at = NULL WHERE one = $1', [before.one]);
    await desk.matcher.isLost([old.one, before.one]);
    for (const { path } of [old, before]) expect(await saysOf(path)).toContain('The matcher has taken it up.');
    const listed = textOf((await desk.read('/matches')).text);
    expect(listed).not.toContain('the matcher has not taken it up yet');
    await following.all();
    expect([await desk.askedOf(old), await desk.askedOf(before), await followed(before.one)]).toEqual([[], [], [true]]);
  });

  it('is asked for again, once, where there is neither a request nor a rule, but for what a later one has overtaken', async () => {
    const { path, one } = await desk.waits();
    await desk.decide(path, DIFFERENT);
    await desk.send(`${path}/taken-back`, { step: 'take-back' });
    const [, takenBack] = await desk.askedOf({ one });
    await desk.matcher.isLost();
    expect(await saysOf(path)).toContain('The matcher has not taken it up yet');
    await following.all();
    await following.all();
    expect(await desk.askedOf({ one })).toEqual([takenBack]);
    await desk.matcher.takesUp(one);
    await following.all();
    expect(await followed(one)).toEqual([true, true]);
  });

  it('is not asked for again where it was taken back just before that', async () => {
    const { path, one } = await desk.waits();
    await desk.decide(path, DIFFERENT);
    await desk.matcher.isLost();
    const becameOf: MatcherDoor['becameOf'] = async (rulings) => {
      const became = await door.becameOf(rulings);
      await desk.send(`${path}/taken-back`, { step: 'take-back' });
      return became;
    };
    const meanwhile = Object.assign(Object.create(door) as MatcherDoor, { becameOf });
    await new FollowRulings(new KeptRulings(desk.app.people.pool), meanwhile, new MatchMeasures(new Metrics('meanwhile'))).all();
    expect((await desk.askedOf({ one })).map(({ ruling }) => ruling)).toEqual(['none']);
  });

  it('is never asked for again where operations have ruled otherwise since, and its page says that this stands against it', async () => {
    const { path, one, other } = await desk.waits();
    await desk.decide(path, DIFFERENT);
    await desk.matcher.isLost();
    await desk.matcher.ruled(one, other, 'together');
    await following.all();
    expect([await desk.askedOf({ one }), await followed(one)]).toEqual([[], [true]]);
    await desk.matcher.run(`UPDATE matcher.record SET person = subject WHERE subject IN ('${one}', '${other}')`);
    await desk.matcher.run(`UPDATE matcher.record SET person = '${one}' WHERE subject = '${other}'`);
    expect(await saysOf(path)).toContain('another decision by hand, or what their source says of its records, stands against it');
  });

  it('that takes back one that is in the log is asked for again, though the rule of before is there', async () => {
    const { path, one } = await desk.waits();
    await desk.decide(path, DIFFERENT);
    await desk.matcher.takesUp(one);
    await desk.send(`${path}/taken-back`, { step: 'take-back' });
    await desk.matcher.isLost([one]);
    await following.all();
    expect((await desk.askedOf({ one })).map(({ ruling }) => ruling)).toEqual(['none']);
  });

  it('is asked for again only once the matcher has read the log to its end', async () => {
    const { path, one } = await desk.waits();
    await desk.decide(path, SAME);
    await desk.matcher.isLost();
    await desk.matcher.run(`UPDATE matcher.progress SET catch_up = '[]'`);
    await following.all();
    expect(await desk.askedOf({ one })).toEqual([]);
    await desk.matcher.run('UPDATE matcher.progress SET catch_up = NULL');
    await following.all();
    expect(await desk.askedOf({ one })).toMatchObject([{ ruling: 'together', by_role: 'data-steward' }]);
  });

  it('is measured by how long it has waited, to be handed over and to be in the log', async () => {
    const [waits, asked] = [await desk.waits(), await desk.waits()];
    for (const { path } of [waits, asked]) await desk.decide(path, SAME);
    const aged = 'UPDATE decided.pair_ruling SET followed_at = NULL, decided_at = now() - $2::interval';
    await desk.app.people.pool.query(`${aged}, handed_over_at = NULL WHERE one = $1`, [waits.one, '2 hours']);
    await desk.app.people.pool.query(`${aged}, handed_over_at = now() - interval '1 hour' WHERE one = $1`, [asked.one, '3 hours']);
    await following.all();
    expect(await measured('involvement_rulings_to_hand_over')).toBe(1);
    expect(await measured('involvement_rulings_oldest_seconds', 'handed-over')).toBeCloseTo(7200, -2);
    expect(await measured('involvement_rulings_oldest_seconds', 'in-log')).toBeCloseTo(3600, -2);
  });
});

it('A pair whose ruling was taken back waits since then, and not since it was first found', async () => {
  const { path, one } = await desk.waits({ source: 'niche' }, { source: 'niche' }, 500);
  const other = await desk.waits({ source: 'niche' }, {}, 100);
  expect((await desk.queued('wen.zhao')).slice(0, 2)).toEqual([path, other.path]);
  await desk.app.people.pool.query(
    `INSERT INTO decided.pair_ruling (id, one, other, ruling, reason, steward, handed_over_at)
     SELECT gen_random_uuid(), $1, $2, ruling, 'taken-back', 'tom.ellery', now() FROM unnest(ARRAY['apart', 'none']) ruling`,
    path.split('/').slice(2),
  );
  await desk.matcher.ruled(one, path.split('/')[3]!, 'none');
  expect((await desk.queued('wen.zhao')).slice(0, 2)).toEqual([other.path, path]);
});
