/** Of how many people of a source another source has a record too: told without telling who is known to it. */
import { liveGeneration, migrateReadModel, openReadModel, type ReadModelPool } from '#lib/read-model';
import { authorityOfNorthbridge, changedAuthority } from '../../../../test/support/changed-authority.js';
import { freshDatabase } from '../../../../test/support/fresh.js';
import { randomToken } from '../../../../test/support/random-token.js';
import { born, name, StoredPeople, type StoredRecordOptions } from '../../../../test/support/stored-people.js';
import { measureScores } from './measure-scores.js';
import { loadTellingSources } from './telling-sources.js';

let pool: ReadModelPool;
let people: StoredPeople;
beforeAll(async () => {
  const url = await freshDatabase('matches');
  await migrateReadModel(url, { partitions: 2 });
  pool = openReadModel(url);
  people = await StoredPeople.open(url);
});
afterAll(async () => {
  await people?.close();
  await pool?.end();
});
const empty = () =>
  pool.query(
    'TRUNCATE control.source_score, decided.restriction, decided.doubt, read_1.record, read_1.record_person, read_1.kept_apart, read_1.involvement',
  );
beforeEach(empty);

const NORTHBRIDGE = 'deploy/authority/northbridge.json';
const measure = async (authority = NORTHBRIDGE, at = '2026-11-26T12:00:00Z') =>
  measureScores(pool, (await liveGeneration(pool)).schema, Date.parse(at), loadTellingSources(authority));
type Figures = { people: number; knownElsewhere: number };
const figures = async (week = '2026-11-23') => {
  const { rows } = await pool.query<{ source: string; figures: Figures }>(
    'SELECT source, figures FROM control.source_score WHERE week = $1 ORDER BY source',
    [week],
  );
  return Object.fromEntries(rows.map((row) => [row.source, [row.figures.people, row.figures.knownElsewhere]]));
};
const measured = async (authority?: string) => {
  await pool.query('TRUNCATE control.source_score');
  // The first time, nobody knows whether the source is still being filled.
  await measure(authority, '2026-11-26T11:00:00Z');
  await measure(authority);
  return figures();
};

interface Two {
  here?: StoredRecordOptions;
  there?: StoredRecordOptions;
}
/** A record of Mosaic and one of Liquidlogic that matching has found to be one person's, unless it is said otherwise. */
async function two({ here, there }: Two = {}) {
  const one = await people.record({ source: 'mosaic', dateOfBirth: born('2014-05-14'), ...here });
  return {
    here: one,
    there: await people.record({ source: 'liquidlogic', dateOfBirth: born('2014-05-14'), person: one.person, ...there }),
  };
}
async function several(count: number, o?: Two): Promise<void> {
  for (let made = 0; made < count; made += 1) await two(o);
}
type Made = Awaited<ReturnType<typeof two>>;

/** Whether Mosaic's scorecard counts this person: as the tenth they make the step. */
async function isCounted(o: Two = {}, o2: { authority?: string; besides?: (made: Made) => Promise<unknown> } = {}): Promise<boolean> {
  await empty();
  await several(9);
  const made = await two(o);
  await o2.besides?.(made);
  const { mosaic } = await measured(o2.authority);
  expect([0, 10]).toContain(mosaic![1]);
  return mosaic![1] === 10;
}

describe('People of whom another source has a record', () => {
  it('are counted for both, in whole tens: never more than there are', async () => {
    const told: unknown[] = [];
    for (const more of [0, 9, 1, 8]) {
      await several(more);
      if (more === 0) for (let alone = 0; alone < 2; alone += 1) await people.record({ dateOfBirth: born('2014-05-14') });
      told.push(await measured());
    }
    expect(told).toEqual([
      { mosaic: [2, 0] },
      { mosaic: [11, 0], liquidlogic: [9, 0] },
      { mosaic: [12, 10], liquidlogic: [10, 10] },
      { mosaic: [20, 10], liquidlogic: [18, 10] },
    ]);
  });

  it('count once, however many records a source has of them: copies make no step', async () => {
    await several(8);
    const { here, there } = await two();
    for (let copy = 0; copy < 10; copy += 1) {
      await people.record({ person: here.person, dateOfBirth: born('2014-05-14') });
      await people.record({ source: 'liquidlogic', person: there.person, dateOfBirth: born('2014-05-14') });
    }
    expect(await measured()).toEqual({ mosaic: [9, 0], liquidlogic: [9, 0] });
  });

  it('are not counted by records that are removed, replaced, of the same source, or of nobody yet', async () => {
    expect(await isCounted()).toBe(true);
    for (const gone of [{ present: false, removedReason: 'entered-in-error' }, { replacedBy: randomToken() }, { person: null }] as const)
      expect(await isCounted({ there: gone })).toBe(false);
    expect(await isCounted({ there: { source: 'mosaic' } })).toBe(false);
    await empty();
    await people.record({ person: null });
    expect(await measured()).toEqual({ mosaic: [1, 0] });
  });

  it('are measured once a week: the first that has anybody stays until the next', async () => {
    await measure();
    await several(10);
    for (const hour of [13, 14]) await measure(NORTHBRIDGE, `2026-11-26T${hour}:00:00Z`);
    await several(10);
    for (const hour of [15, 16]) await measure(NORTHBRIDGE, `2026-11-26T${hour}:00:00Z`);
    expect((await figures()).mosaic).toEqual([10, 10]);
    const { rows } = await pool.query(`SELECT figures -> 'records' AS records FROM control.source_score WHERE source = 'mosaic'`);
    expect(rows).toEqual([{ records: 20 }]);
    await measure(NORTHBRIDGE, '2026-11-30T12:00:00Z');
    expect((await figures('2026-11-30')).mosaic).toEqual([20, 20]);
  });
});

/** Settings in which one service is told of in another way. */
const withService = (service: string, changed: object) =>
  changedAuthority({ services: authorityOfNorthbridge().services.map((one) => (one.service === service ? { ...one, ...changed } : one)) });

describe('While a source is being filled', () => {
  it('nobody is counted: what had come by then would stay for the week', async () => {
    const counted: unknown[] = [];
    for (const [hour, more] of [10, 10, 3, 2, 0].entries()) {
      await several(more);
      await measure(NORTHBRIDGE, `2026-11-26T1${hour}:00:00Z`);
      counted.push((await figures()).mosaic);
    }
    expect(counted).toEqual([
      [undefined, undefined],
      [undefined, undefined],
      [undefined, undefined],
      [25, 20],
      [25, 20],
    ]);
  });
});

describe('Nobody finds out by it who is known to a service', () => {
  it('that is hidden, a broker’s, without agreement, may be sensitive, or is matched with care; its own team finds out what others tell', async () => {
    const withEarlyHelp = (changed: object) => withService('early-help', changed);
    const isTold = async (changed: object) => {
      await empty();
      await several(10);
      return (await measured(withEarlyHelp(changed))).mosaic![1] === 10;
    };
    expect(await isTold({})).toBe(true);
    for (const display of ['hidden', 'broker', 'no-agreement']) expect(await isTold({ display })).toBe(false);
    expect(await isTold({ matchedWithCare: true })).toBe(false);
    for (const source of ['generic', 'nobody-knows-it', 'cis', 'niche']) {
      await empty();
      await several(10, { here: { dateOfBirth: born('1980-05-14') }, there: { source, dateOfBirth: born('1980-05-14') } });
      expect(await measured()).toEqual({ mosaic: [10, 0], [source]: [10, 10] });
    }
  });

  it('at an age at which that is not told, by any date of birth or death that is stated of them', async () => {
    const at = (source: string, dateOfBirth: string) =>
      isCounted({ here: { dateOfBirth: null }, there: { source, dateOfBirth: born(dateOfBirth) } });
    const homes = 'northbridge-homes';
    expect(await at(homes, '2010-11-26')).toBe(true);
    expect(await at(homes, '2010-11-27')).toBe(false);
    expect(await at('synergy', '2005-11-27')).toBe(true);
    expect(await at('synergy', '2005-11-26')).toBe(false);
    for (const dateOfBirth of [null, born('1900-01-01')])
      expect(await isCounted({ here: { dateOfBirth }, there: { source: homes, dateOfBirth } })).toBe(false);
    expect(await isCounted({ here: { dateOfBirth: born('1900-01-01') }, there: { source: 'synergy' } })).toBe(true);
    const stated = (o: StoredRecordOptions) => isCounted({ here: o, there: { source: homes, dateOfBirth: born('2000-01-02') } });
    expect(await stated({ dateOfBirth: born('1999', 'year') })).toBe(true);
    for (const date of [born('2010', 'year'), born('2010-11', 'month'), born('2000-01-03', 'expected')])
      expect(await stated({ dateOfBirth: date })).toBe(false);
    expect(await stated({ dateOfBirth: null, deceasedOn: '2016-01-02' })).toBe(true);
    expect(await stated({ dateOfBirth: null, deceasedOn: '2016-01-01' })).toBe(false);
  });

  it('at an age by one of two dates that are stated: but not by one that is taken back, nor by what a source says that tells nothing', async () => {
    const known = (source: string, dateOfBirth: string, besides: StoredRecordOptions, authority?: string) =>
      isCounted(
        { here: { dateOfBirth: null }, there: { source, dateOfBirth: born(dateOfBirth) } },
        { authority, besides: ({ here }) => people.record({ source: 'insight', dateOfBirth: null, person: here.person, ...besides }) },
      );
    const [homes, grown, child] = ['northbridge-homes', '2000-01-02', { dateOfBirth: born('2014-05-14') }];
    expect(await known(homes, grown, child)).toBe(false);
    expect(await known(homes, grown, { ...child, present: false, removedReason: 'entered-in-error' })).toBe(true);
    expect(await known(homes, grown, child, withService('not-in-education', { display: 'hidden' }))).toBe(true);
    expect(await known('synergy', '2014-05-14', { dateOfBirth: born('2005-11-27') })).toBe(true);
    expect(await known('synergy', '2014-05-14', { dateOfBirth: born('2005-11-26') })).toBe(false);
    // Of two days of death the first counts; and of whoever died at school age, school is told no longer than of the living.
    const died = (deceasedOn: string) => ({ dateOfBirth: null, deceasedOn });
    const twice = (first: string, second: string) =>
      isCounted({ here: died(first), there: { ...died(second), source: homes, dateOfBirth: born(grown) } });
    expect(await twice('2016-01-02', '2016-01-03')).toBe(true);
    expect(await twice('2016-01-01', '2016-01-03')).toBe(false);
    expect(await twice('2016-01-03', '2016-01-01')).toBe(false);
    expect(await known('synergy', '2005-11-27', died('2015-01-01'))).toBe(true);
    expect(await known('synergy', '2005-11-26', died('2015-01-01'))).toBe(false);
  });

  it('who is restricted, or may be: by any of their records, by hand, by one that is replaced or unmatched, by a number or a name', async () => {
    const restriction = 'restricted' as const;
    for (const which of ['here', 'there'] as const) {
      expect(await isCounted({ [which]: { restriction } })).toBe(false);
      expect(await isCounted({}, { besides: (made) => people.restrictByHand(made[which].subject) })).toBe(false);
      const mate = { source: 'niche', restriction, dateOfBirth: born('1980-01-01') } as const;
      expect(await isCounted({}, { besides: (made) => people.record({ ...mate, person: made[which].person }) })).toBe(false);
      expect(await isCounted({}, { besides: (made) => people.record({ ...mate, replacedBy: made[which].subject }) })).toBe(false);
      const named = { names: [name('Ashdown', 'Thomas')], dateOfBirth: born('2014-05-10') };
      expect(await isCounted({ [which]: named }, { besides: () => people.record({ ...mate, ...named }) })).toBe(false);
      expect(await isCounted({ [which]: named }, { besides: () => people.record({ ...named, source: 'niche' }) })).toBe(true);
      const identifiers: StoredRecordOptions['identifiers'] = [{ type: 'nhs', value: '9434765919' }];
      expect(await isCounted({ [which]: { identifiers } }, { besides: () => people.record({ ...mate, identifiers }) })).toBe(false);
    }
    // What one record calls a case ID is the case management system’s own id of another, either way.
    const caseId = '4711001';
    const calls: StoredRecordOptions['identifiers'] = [{ type: 'cms', value: caseId }];
    const unlike = { restriction, dateOfBirth: born('1980-01-01') };
    expect(await isCounted({ here: { recordId: caseId } }, { besides: () => people.record({ ...unlike, source: 'niche', identifiers: calls }) })).toBe(false); // prettier-ignore
    expect(await isCounted({ there: { identifiers: calls } }, { besides: () => people.record({ ...unlike, recordId: caseId }) })).toBe(
      false,
    );
  });

  it('of whom a reader has doubted a record so that it is hidden', async () => {
    const doubted = (hides: boolean) => ({
      besides: ({ there }: Made) =>
        pool.query(
          `INSERT INTO decided.doubt (id, subject, person, reader, reason, hides, request_id) VALUES ($1, $2, $3, 'amara.okafor', 'other', $4, 'one')`,
          [randomToken(), there.subject, there.person, hides],
        ),
    });
    expect(await isCounted({}, doubted(true))).toBe(false);
    expect(await isCounted({}, doubted(false))).toBe(true);
  });
});
