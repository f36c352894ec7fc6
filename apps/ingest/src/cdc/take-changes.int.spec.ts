import { randomUUID } from 'node:crypto';
import { CapturedSource, allocation, person, whole } from '../../../../test/support/captured-source.js';
import { mosaic } from '../sources/mosaic.js';

let source: CapturedSource;
let connector: CapturedSource['connector'];
let ingest: CapturedSource['ingest'];
let take: CapturedSource['take'];
beforeEach(async () => {
  source = await CapturedSource.open();
  ({ connector, ingest, take } = source);
});
afterEach(() => source?.close());

const typesOf = (id: string) => source.typesOf(id);
const looked = () => source.looked();

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
    const events = (await source.logged()).filter((event) => event.type === 'InvolvementOpened');
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
    const newest = (await source.logged())
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
    expect(await source.refusals()).toMatchObject([
      {
        pointer: '/allocations/END_DATE',
        rule: 'real-date',
        fix: expect.stringMatching(/ Found in a row that was committed at 2026-11-20T09:00:00\.000Z\.$/),
      },
    ]);
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

  it('of an end that lay ahead end it once the row is told again on its day', async () => {
    const id = randomUUID();
    const ending = allocation(id, { END_DATE: '2026-11-21' });
    await take(connector.insert('allocations', ending));
    source.clock = Date.parse('2026-11-21T00:00:03Z');
    await take(connector.update('allocations', ending, {}));
    expect(await typesOf(id)).toEqual(['InvolvementOpened', 'InvolvementUpdated', 'InvolvementClosed']);
  });

  it('before a table was emptied at once are published, and nothing after', async () => {
    const [before, after] = [randomUUID(), randomUUID()];
    const messages = [connector.insert('people', person(before)), connector.truncate('people'), connector.insert('people', person(after))];
    await expect(take(...messages)).rejects.toMatchObject({ code: 'source-truncated' });
    expect(await typesOf(before)).toEqual(['PersonRecorded']);
    expect(await typesOf(after)).toEqual([]);
  });
});

describe('A heartbeat through the source', () => {
  it('says “we looked, until then” for a source that comes by this door alone, and not with every beat', async () => {
    const id = randomUUID();
    await take(connector.insert('people', person(id)), connector.insert('allocations', allocation(id)));
    const at = source.clock;
    await take(connector.beat());
    source.clock += 5_000;
    await take(connector.beat());
    expect(await looked()).toMatchObject([{ service: 'childrens-social-care', completeTo: at, recordsHeld: 1, openInvolvementsHeld: 1 }]);
    source.clock += 60_000;
    await take(connector.beat());
    expect(await looked()).toHaveLength(2);
  });

  it('of a clock that is ahead says no more than the connector has written, nor more than ours allows', async () => {
    await take(connector.beat(new Date(source.clock + 30 * 3_600_000)));
    expect(await looked()).toMatchObject([{ completeTo: source.clock }]);
    source.clock = Date.now() + 3_600_000;
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
