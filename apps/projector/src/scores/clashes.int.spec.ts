/** Of how many people another source has a number under another date of birth: told without telling who is known to it. */
import { DEFAULT_BIRTH_DATES, validNhsNumber } from '#lib/matching';
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
  const url = await freshDatabase('clashes');
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

const TODAY = '2026-11-26';
const NORTHBRIDGE = 'deploy/authority/northbridge.json';
const measured = async (authority = NORTHBRIDGE) => {
  await pool.query('TRUNCATE control.source_score');
  const { schema } = await liveGeneration(pool);
  await measureScores(pool, schema, Date.parse(`${TODAY}T12:00:00Z`), loadTellingSources(authority));
  const { rows } = await pool.query(`SELECT source, (figures ->> 'clashingElsewhere')::int AS people FROM control.source_score`);
  return Object.fromEntries((rows as { source: string; people: number }[]).map(({ source, people }) => [source, people]));
};

let last = 900_000_000;
function freshNhs(): string {
  for (;;) {
    last += 1;
    for (let check = 0; check < 10; check += 1) {
      const number = validNhsNumber(`${last}${check}`);
      if (number !== null) return number;
    }
  }
}
const nhs = (value = freshNhs()) => ({ type: 'nhs' as const, value });

interface Pair {
  here?: StoredRecordOptions;
  there?: StoredRecordOptions;
}
/** A record of Mosaic and one of Liquidlogic with one number, born on different days, unless it is said otherwise. */
async function pair({ here, there }: Pair = {}) {
  const identifiers = [nhs()];
  const of = async (o: StoredRecordOptions) => ({
    ...(await people.record({ identifiers, ...o })),
    identifiers: o.identifiers ?? identifiers,
  });
  return {
    here: await of({ source: 'mosaic', dateOfBirth: born('2014-05-14'), ...here }),
    there: await of({ source: 'liquidlogic', dateOfBirth: born('2014-05-15'), ...there }),
  };
}
async function pairs(count: number): Promise<void> {
  for (let made = 0; made < count; made += 1) await pair();
}
type Made = Awaited<ReturnType<typeof pair>>;

/** Whether Mosaic's scorecard counts this pair: as the tenth it makes the step. */
async function isCounted(o: Pair, o2: { authority?: string; besides?: (made: Made) => Promise<unknown> } = {}): Promise<boolean> {
  await empty();
  await pairs(9);
  const made = await pair(o);
  await o2.besides?.(made);
  const { mosaic } = await measured(o2.authority);
  expect([0, 10]).toContain(mosaic);
  return mosaic === 10;
}

describe('People whom another source has under another date of birth', () => {
  it('are counted by NHS number and by UPN, however it is written, and from either side', async () => {
    await pairs(9);
    await pair({
      here: { identifiers: [{ type: 'upn', value: 'l82342999500a' }] },
      there: { identifiers: [{ type: 'upn', value: 'L82342999500A' }] },
    });
    expect(await measured()).toEqual({ mosaic: 10, liquidlogic: 10 });
    const value = freshNhs();
    const spaced = value.replace(/(...)(...)/, '$1 $2 ');
    expect(await isCounted({ here: { identifiers: [nhs(value)] }, there: { identifiers: [nhs(spaced)] } })).toBe(true);
  });

  it('are told in steps of ten', async () => {
    const told: number[] = [];
    for (const more of [0, 9, 1, 4, 1]) {
      await pairs(more);
      if (more === 0) await people.record();
      told.push((await measured()).mosaic!);
    }
    expect(told).toEqual([0, 0, 10, 10, 20]);
  });

  it('count once, however many records state one number: copies of a guess make no step', async () => {
    await pairs(8);
    const { here } = await pair();
    for (let copy = 0; copy < 10; copy += 1) await people.record({ identifiers: here.identifiers, dateOfBirth: born(`2013-01-1${copy}`) });
    expect((await measured()).mosaic).toBe(0);
    await pair();
    expect((await measured()).mosaic).toBe(10);
  });

  it('count once, by whichever of their numbers', async () => {
    const identifiers = [nhs(), nhs()];
    expect(await isCounted({ here: { identifiers }, there: { identifiers } })).toBe(true);
    await empty();
    await pairs(8);
    const { there } = await pair({ here: { identifiers }, there: { identifiers: identifiers.slice(0, 1) } });
    const { person } = there;
    await people.record({ source: 'liquidlogic', dateOfBirth: born('2014-05-15'), identifiers: identifiers.slice(1), person });
    expect((await measured()).mosaic).toBe(0);
    expect(await isCounted({ there: { person: null } })).toBe(true);
  });

  it('are not counted by a number that is nobody’s: wrong, or of far too many', async () => {
    for (const value of ['9434765918', '1111111111'])
      expect(await isCounted({ here: { identifiers: [nhs(value)] }, there: { identifiers: [nhs(value)] } })).toBe(false);
    const copies = (count: number) => async (made: Made) => {
      for (let copy = 1; copy < count; copy += 1) await people.record({ identifiers: made.here.identifiers });
    };
    expect(await isCounted({}, { besides: copies(20) })).toBe(true);
    expect(await isCounted({}, { besides: copies(21) })).toBe(false);
  });

  it('are not counted by dates that are the same, or that nobody knows to the day', async () => {
    const dates = [born('2014-05-15'), null, born('2014-05', 'month'), born('2014', 'year'), born('2026-12-24', 'expected')];
    for (const dateOfBirth of [...dates, born(DEFAULT_BIRTH_DATES[0]!)]) expect(await isCounted({ here: { dateOfBirth } })).toBe(false);
    expect(await isCounted({ there: { flags: ['date-of-birth-estimated'] } })).toBe(false);
    const otherwise = (made: Made) =>
      people.record({ source: 'niche', identifiers: made.here.identifiers, dateOfBirth: born('1980-01-01') });
    expect(await isCounted({ here: { dateOfBirth: born('2014-05-15') } }, { besides: otherwise })).toBe(false);
  });

  it('are not counted by records that are removed, replaced, or of the same source', async () => {
    for (const gone of [{ present: false, removedReason: 'entered-in-error' }, { replacedBy: randomToken() }] as const)
      for (const which of ['here', 'there']) expect(await isCounted({ [which]: gone })).toBe(false);
    expect(await isCounted({ there: { source: 'mosaic' } })).toBe(false);
  });

  it('are counted no more once the source has put it right', async () => {
    await pairs(9);
    const { here } = await pair();
    expect((await measured()).mosaic).toBe(10);
    await pool.query(`UPDATE read_1.record SET date_of_birth = '2014-05-15' WHERE subject = $1`, [here.subject]);
    expect((await measured()).mosaic).toBe(0);
  });
});

describe('Nobody finds out by it who is known to a service', () => {
  it('that is hidden, a broker’s, without agreement, or may be sensitive, and none that is matched with care', async () => {
    const withEarlyHelp = (changed: object) =>
      changedAuthority({
        services: authorityOfNorthbridge().services.map((one) => (one.service === 'early-help' ? { ...one, ...changed } : one)),
      });
    // One step is made of nine others, which must tell: those of a school.
    const isTold = async (changed: object, source = 'liquidlogic') => {
      await empty();
      for (let made = 0; made < 9; made += 1) await pair({ there: { source: 'synergy' } });
      await pair({ there: { source } });
      return (await measured(withEarlyHelp(changed))).mosaic === 10;
    };
    expect(await isTold({})).toBe(true);
    for (const display of ['hidden', 'broker', 'no-agreement']) expect(await isTold({ display })).toBe(false);
    expect(await isTold({ matchedWithCare: true })).toBe(false);
    for (const source of ['generic', 'nobody-knows-it']) expect(await isTold({}, source)).toBe(false);
    const grownUp = { dateOfBirth: born('1980-05-14') };
    for (const source of ['cis', 'niche'])
      expect(await isCounted({ here: grownUp, there: { source, dateOfBirth: born('1980-05-15') } })).toBe(false);
  });

  it('but the team of such a source finds out what others tell', async () => {
    for (let made = 0; made < 10; made += 1) await pair({ there: { source: 'cis' } });
    expect(await measured()).toEqual({ mosaic: 0, cis: 10 });
  });

  it('at an age at which that is not told, by the one date of birth or the other', async () => {
    const told = (source: string, here: string, there: string, besides?: (made: Made) => Promise<unknown>) =>
      isCounted({ here: { dateOfBirth: born(here) }, there: { source, dateOfBirth: born(there) } }, besides && { besides });
    const housing = 'northbridge-homes';
    expect(await told(housing, '2010-11-26', '2010-11-25')).toBe(true);
    expect(await told(housing, '2010-11-27', '2010-11-25')).toBe(false);
    expect(await told(housing, '2010-11-25', '2010-11-27')).toBe(false);
    const school = 'synergy';
    expect(await told(school, '2005-11-27', '2022-11-26')).toBe(true);
    expect(await told(school, '2005-11-26', '2010-01-01')).toBe(false);
    expect(await told(school, '2010-01-01', '2005-11-26')).toBe(false);
  });

  it('nor by any other date of birth or death of whom that service knows', async () => {
    const of = { here: { dateOfBirth: born('2000-01-01') }, there: { source: 'northbridge-homes', dateOfBirth: born('2000-01-02') } };
    const another = (o: StoredRecordOptions) => ({
      besides: ({ there }: Made) => people.record({ source: 'cluster-lists', person: there.person, ...o }),
    });
    expect(await isCounted(of, another({ dateOfBirth: born('1999', 'year') }))).toBe(true);
    expect(await isCounted(of, another({ dateOfBirth: born('2010', 'year') }))).toBe(false);
    expect(await isCounted(of, another({ dateOfBirth: born('2010-11', 'month') }))).toBe(false);
    expect(await isCounted(of, another({ dateOfBirth: born('2026-11-01', 'expected') }))).toBe(false);
    expect(await isCounted(of, another({ dateOfBirth: born('2000-01-03', 'expected') }))).toBe(false);
    expect(await isCounted(of, another({ dateOfBirth: born('2015-11-01'), present: false }))).toBe(true);
    expect(await isCounted(of, another({ dateOfBirth: null, deceasedOn: '2016-01-02' }))).toBe(true);
    expect(await isCounted(of, another({ dateOfBirth: null, deceasedOn: '2016-01-01' }))).toBe(false);
    expect(await isCounted({ ...of, there: { ...of.there, deceasedOn: '2016-01-01' } })).toBe(false);
    expect(await isCounted({ there: { source: 'synergy' } }, another({ dateOfBirth: born('1900-01-01') }))).toBe(true);
  });

  it('who is restricted, or may be: by any record on either side, by hand, or by a record that is replaced or unmatched', async () => {
    const restriction = 'restricted' as const;
    for (const which of ['here', 'there'] as const) {
      expect(await isCounted({ [which]: { restriction } })).toBe(false);
      expect(await isCounted({}, { besides: (made) => people.restrictByHand(made[which].subject) })).toBe(false);
      const mate = { source: 'niche', restriction } as const;
      expect(await isCounted({}, { besides: (made) => people.record({ ...mate, person: made[which].person }) })).toBe(false);
      expect(await isCounted({}, { besides: (made) => people.record({ ...mate, replacedBy: made[which].subject }) })).toBe(false);
      const named = { names: [name('Ashdown', 'Thomas')], dateOfBirth: born('2014-05-10') };
      expect(await isCounted({ [which]: named }, { besides: () => people.record({ ...named, ...mate }) })).toBe(false);
      expect(await isCounted({ [which]: named }, { besides: () => people.record(named) })).toBe(true);
    }
    const numbered = (made: Made) => people.record({ source: 'niche', identifiers: made.here.identifiers, restriction });
    expect(await isCounted({}, { besides: numbered })).toBe(false);
  });

  it('whose record there a reader has doubted so that it is hidden', async () => {
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
