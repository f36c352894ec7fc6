import { randomUUID } from 'node:crypto';
import { appEnv } from '../../../../test/support/app-env.js';
import { Connector } from '../../../../test/support/captured.js';
import { openIngest, type OpenIngest } from '../../../../test/support/open-ingest.js';
import { ops } from '../../../../test/support/ops.js';
import { loggedEvents } from '../../../../test/support/open-envelopes.js';
import { readAudit } from '#lib/audit';
import type { LogMessage } from '#lib/kafka';
import type { Mapping } from '../sources/mapping.js';
import { mosaic } from '../sources/mosaic.js';

/** All of the source by this door. */
const whole: Mapping = { ...mosaic, captured: { ...mosaic.captured!, covers: 'everything' } };

let env: Record<string, string>;
let ingest: OpenIngest;
let connector: Connector;
/** When the connector writes. */
let clock: number;
let take: (...messages: LogMessage[]) => Promise<void>;
beforeEach(async () => {
  env = await appEnv();
  ingest = await openIngest(env);
  clock = Date.parse('2026-11-20T09:00:00Z');
  connector = new Connector(whole, () => clock);
  const changes = ingest.capture(whole);
  take = (...messages) => changes.take(messages, async () => undefined);
});
afterEach(() => ingest?.close());

const person = (id: string, more: object = {}) => ({ PERSON_ID: id, LAST_NAME: 'Ashdown', FIRST_NAMES: 'Freya', DELETED: 'N', ...more });
const allocation = (id: string, more: object = {}) => ({
  ALLOCATION_ID: `A-${id}`,
  PERSON_ID: id,
  START_DATE: '2026-09-14',
  DELETED: 'N',
  ...more,
});
const approve = (gone: number) => ops(env, 'snapshots', '--approve', 'mosaic', '--gone', String(gone), '--reason', 'says the source');
const logged = async () => (await loggedEvents(env)).map(({ event, envelope }) => ({ ...event, id: envelope.id }));
const typesOf = async (id: string) =>
  (await logged()).filter((event) => event.type !== 'SourceChecked' && event.recordId === id).map(({ type }) => type);
const looked = async () =>
  (await loggedEvents(env)).flatMap(({ event, partition }) => (event.type === 'SourceChecked' && partition === 0 ? event : []));

describe('Captured changes', () => {
  it('are published in their order, each fact as it is at last, and again under the same ids', async () => {
    const id = randomUUID();
    const messages = [
      connector.insert('people', person(id)),
      connector.insert('allocations', allocation(id)),
      connector.update('allocations', allocation(id), { TEAM: 'West' }),
    ];
    await take(...messages);
    expect((await typesOf(id)).sort()).toEqual(['InvolvementOpened', 'PersonRecorded']);
    await ingest.database.query('DELETE FROM ingest.remembered');
    await ingest.capture(whole).take(messages, async () => undefined);
    const events = (await logged()).filter((event) => event.type === 'InvolvementOpened');
    expect(events).toMatchObject([{ team: 'West' }, { team: 'West' }]);
    expect(new Set(events.map((event) => event.id)).size).toBe(1);
  });

  it('of a row that is deleted retract it; its tombstone says nothing', async () => {
    const id = randomUUID();
    await take(connector.insert('allocations', allocation(id)));
    await take(connector.delete('allocations', allocation(id)), connector.tombstone());
    expect(await typesOf(id)).toEqual(['InvolvementOpened', 'InvolvementRetracted']);
  });

  it('that a connector sends once more after it was killed change nothing, and no old state stands for a moment', async () => {
    const id = randomUUID();
    const first = connector.insert('allocations', allocation(id));
    const second = connector.update('allocations', allocation(id), { TEAM: 'West' });
    await take(first);
    await take(second);
    await take(connector.again(first));
    await take(connector.again(second));
    expect(await typesOf(id)).toEqual(['InvolvementOpened', 'InvolvementOpened']);
  });

  it('that come once more after ingest was killed too end in the newest state', async () => {
    const id = randomUUID();
    const first = connector.insert('allocations', allocation(id));
    const second = connector.update('allocations', allocation(id), { TEAM: 'West' });
    await take(first, second);
    await ingest.capture(whole).take([connector.again(first)], async () => undefined);
    await ingest.capture(whole).take([connector.again(second)], async () => undefined);
    const newest = (await logged())
      .flatMap((event) => (event.type === 'InvolvementOpened' ? event : []))
      .toSorted((a, b) => b.sourceVersion.position - a.sourceVersion.position)[0];
    expect(newest).toMatchObject({ team: 'West' });
  });

  it('that can’t be read are refused alone, held against “we looked”, and forgotten once the row is right', async () => {
    const [id, other] = [randomUUID(), randomUUID()];
    const wrong = allocation(id, { END_DATE: 'soon' });
    await take(connector.insert('allocations', wrong), connector.insert('people', person(other)));
    expect(await typesOf(other)).toEqual(['PersonRecorded']);
    expect(await ingest.captureState.refusedRows('mosaic')).toBe(1);
    await take(connector.beat());
    expect(await looked()).toEqual([]);
    const [kept] = await ingest.database.query('SELECT table_name, problems FROM ingest.captured_refused');
    expect(kept).toEqual({ table_name: 'allocations', problems: [{ column: 'END_DATE', rule: 'real-date' }] });
    await take(connector.update('allocations', wrong, { END_DATE: null }), connector.beat());
    expect(await typesOf(id)).toEqual(['InvolvementOpened']);
    expect(await looked()).toHaveLength(1);
  });

  it('of a row that is deleted while it can’t be read take back what it said before, and hold nothing against “we looked”', async () => {
    const [early, late, never] = [randomUUID(), randomUUID(), randomUUID()];
    const wrong = (id: string) => allocation(id, { END_DATE: 'soon' });
    await take(connector.insert('allocations', allocation(early)));
    await take(connector.update('allocations', allocation(early), { END_DATE: 'soon' }), connector.insert('allocations', wrong(never)));
    await take(connector.delete('allocations', wrong(early)), connector.delete('allocations', wrong(never)));
    await take(
      connector.insert('allocations', allocation(late)),
      connector.update('allocations', allocation(late), { END_DATE: 'soon' }),
      connector.delete('allocations', wrong(late)),
      connector.beat(),
    );
    expect(await typesOf(early)).toEqual(['InvolvementOpened', 'InvolvementRetracted']);
    expect(await typesOf(late)).not.toContain('InvolvementOpened');
    expect(await typesOf(never)).toEqual([]);
    expect(await ingest.captureState.refusedRows('mosaic')).toBe(0);
    expect(await looked()).toHaveLength(1);
  });

  it('before a table was emptied at once are published, and nothing after', async () => {
    const [before, after] = [randomUUID(), randomUUID()];
    const messages = [connector.insert('people', person(before)), connector.truncate('people'), connector.insert('people', person(after))];
    await expect(take(...messages)).rejects.toMatchObject({ code: 'source-truncated' });
    expect(await typesOf(before)).toEqual(['PersonRecorded']);
    expect(await typesOf(after)).toEqual([]);
  });
});

describe('A new snapshot, after a connector has lost its place', () => {
  it('says nothing of what is as it was, and takes back what is gone, once it is whole', async () => {
    const ids = Array.from({ length: 12 }, () => randomUUID());
    const rows = ids.map((id) => ['people', person(id)] as const);
    await take(...connector.snapshot(rows), connector.beat());
    const [lost, changed, ...others] = ids;
    const again = connector.snapshot([
      ...others.map((id) => ['people', person(id)] as const),
      ['people', person(changed!, { LAST_NAME: 'Weir' })],
    ]);
    await take(...again);
    expect(await typesOf(lost!)).toEqual(['PersonRecorded']);
    await take(connector.beat());
    expect(await typesOf(lost!)).toEqual(['PersonRecorded', 'PersonRemoved']);
    expect(await typesOf(changed!)).toEqual(['PersonRecorded', 'PersonRecorded']);
    for (const id of others) expect(await typesOf(id)).toEqual(['PersonRecorded']);
  });

  it('that no longer holds a whole table takes all of it back, once a person has said so', async () => {
    const ids = Array.from({ length: 4 }, () => randomUUID());
    const people = ids.map((id) => ['people', person(id)] as const);
    await take(...connector.snapshot([...people, ...ids.map((id) => ['allocations', allocation(id)] as const)]), connector.beat());
    await take(...connector.snapshot(people.slice(1)), connector.beat());
    expect(await typesOf(ids[0]!)).toEqual(expect.not.arrayContaining(['InvolvementRetracted']));
    const { text, code } = await ops(env, 'snapshots');
    expect([text, code]).toEqual([expect.stringMatching(/people +1 of 4 +5[^]*allocations +4 of 4 +5/), 3]);
    expect((await approve(4)).failure).toContain('--gone 5');
    expect((await approve(5)).code).toBe(0);
    expect(await readAudit(env.AUDIT_URL!, { last: 1 })).toMatchObject([
      {
        reason: 'says the source',
        shown: { verb: 'snapshots/approve', source: 'mosaic', tables: expect.arrayContaining([{ table: 'people', gone: 1, all: 4 }]) },
      },
    ]);
    await take(connector.beat());
    for (const id of ids) expect(await typesOf(id)).toContain('InvolvementRetracted');
    expect(await typesOf(ids[0]!)).toContain('PersonRemoved');
    expect(await ingest.captureState.pending('mosaic')).toBeUndefined();
  });

  it('of which more would go by now than a person has approved waits once more', async () => {
    const ids = Array.from({ length: 4 }, () => randomUUID());
    await take(...connector.snapshot(ids.map((id) => ['people', person(id)] as const)), connector.beat());
    await take(...connector.snapshot([['people', person(ids[0]!)]]), connector.beat());
    expect((await approve(3)).code).toBe(0);
    await ingest.database.query('UPDATE ingest.remembered SET position = 0');
    await take(connector.beat());
    for (const id of ids) expect(await typesOf(id)).toEqual(['PersonRecorded']);
    expect((await ops(env, 'snapshots')).text).toMatch(/people +4 of 4/);
  });

  it('in which every table is empty takes everything back, once a person has said so', async () => {
    const id = randomUUID();
    await take(...connector.snapshot([['people', person(id)]]), connector.beat());
    await take(...connector.snapshot([]), connector.beat());
    expect((await approve(1)).code).toBe(0);
    await take(connector.beat());
    expect(await typesOf(id)).toEqual(['PersonRecorded', 'PersonRemoved']);
  });

  it('begun anew in its middle counts from its second beginning', async () => {
    const ids = Array.from({ length: 12 }, () => randomUUID());
    const rows = [['allocations', allocation(ids[1]!)] as const, ...ids.map((id) => ['people', person(id)] as const)];
    await take(...connector.snapshot(rows), connector.beat());
    await take(...connector.snapshot(rows).slice(0, 5));
    await take(...connector.snapshot(rows.filter(([, { PERSON_ID }]) => PERSON_ID !== ids[0])), connector.beat());
    expect(await typesOf(ids[0]!)).toEqual(['PersonRecorded', 'PersonRemoved']);
    expect((await typesOf(ids[1]!)).sort()).toEqual(['InvolvementOpened', 'PersonRecorded']);
  });

  it('that is read again from its middle, after a crash of ingest, is the same one', async () => {
    const ids = Array.from({ length: 12 }, () => randomUUID());
    const rows = ids.map((id) => ['people', person(id)] as const);
    await take(...connector.snapshot(rows), connector.beat());
    const again = [...connector.snapshot(rows), connector.insert('people', person(randomUUID())), connector.beat()];
    await take(...again.slice(0, 6));
    await ingest.capture(whole).take(again.slice(4, -1), async () => undefined);
    await ingest.capture(whole).take(again.slice(4), async () => undefined);
    for (const id of ids) expect(await typesOf(id)).toEqual(['PersonRecorded']);
  });

  it('with a row that can’t be named takes nothing back until that row is right', async () => {
    const ids = Array.from({ length: 12 }, () => randomUUID());
    const rows = ids.map((id) => ['people', person(id)] as const);
    await take(...connector.snapshot(rows), connector.beat());
    await take(...connector.snapshot([...rows.slice(1), ['people', person('')]]), connector.beat());
    expect(await typesOf(ids[0]!)).toEqual(['PersonRecorded']);
    await take(connector.delete('people', person('')), connector.insert('people', person(randomUUID())), connector.beat());
    expect(await typesOf(ids[0]!)).toEqual(['PersonRecorded', 'PersonRemoved']);
  });

  it('no longer counts refused rows that are not in it', async () => {
    await take(connector.insert('people', person(randomUUID(), { DELETED: 'perhaps' })));
    expect(await ingest.captureState.refusedRows('mosaic')).toBe(1);
    await take(...connector.snapshot([['people', person(randomUUID())]]), connector.beat());
    expect(await ingest.captureState.refusedRows('mosaic')).toBe(0);
  });

  it('leaves facts of other doors alone where only a part of the source comes by this one', async () => {
    const part = ingest.capture(mosaic);
    const [own, other] = [randomUUID(), randomUUID()];
    await take(connector.insert('people', person(own)));
    await ingest.database.query('UPDATE ingest.remembered SET epoch = 1, position = 1 WHERE fact = $1', [
      ingest.digests.ofFact('mosaic', { kind: 'person', id: own }),
    ]);
    await part.take([...connector.snapshot([['people', person(other)]]), connector.beat()], async () => undefined);
    expect(await typesOf(own)).toEqual(['PersonRecorded']);
  });
});

describe('A heartbeat through the source', () => {
  it('says “we looked, until then” for a source that comes by this door alone, and not with every beat', async () => {
    const id = randomUUID();
    await take(connector.insert('people', person(id)), connector.insert('allocations', allocation(id)));
    const at = clock;
    await take(connector.beat());
    clock += 5_000;
    await take(connector.beat());
    expect(await looked()).toMatchObject([{ service: 'childrens-social-care', completeTo: at, recordsHeld: 1, openInvolvementsHeld: 1 }]);
    clock += 60_000;
    await take(connector.beat());
    expect(await looked()).toHaveLength(2);
  });

  it('of a clock that is ahead says no more than the connector has written, nor more than ours allows', async () => {
    await take(connector.beat(new Date(clock + 30 * 3_600_000)));
    expect(await looked()).toMatchObject([{ completeTo: clock }]);
    clock = Date.now() + 3_600_000;
    await take(connector.insert('people', person(randomUUID())), connector.beat());
    expect((await looked()).at(-1)!.completeTo).toBeLessThanOrEqual(Date.now());
    expect(await looked()).toHaveLength(2);
  });

  it('says nothing where a snapshot is under way, or other facts come by other doors', async () => {
    await take(...connector.snapshot([['people', person(randomUUID())]]));
    expect(await looked()).toEqual([]);
    await ingest.capture(mosaic).take([connector.beat()], async () => undefined);
    expect(await looked()).toEqual([]);
  });
});
