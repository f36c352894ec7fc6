import { randomUUID } from 'node:crypto';
import { CapturedSource, allocation, person, whole } from '../../../../test/support/captured-source.js';
import { ops } from '../../../../test/support/ops.js';
import { readAudit } from '#lib/audit';
import { mosaic } from '../sources/mosaic.js';

let source: CapturedSource;
let connector: CapturedSource['connector'];
let env: CapturedSource['env'];
let ingest: CapturedSource['ingest'];
let take: CapturedSource['take'];
beforeEach(async () => {
  source = await CapturedSource.open();
  ({ connector, env, ingest, take } = source);
});
afterEach(() => source?.close());

const typesOf = (id: string) => source.typesOf(id);
const approve = (gone: number) => ops(env, 'snapshots', '--approve', 'mosaic', '--gone', String(gone), '--reason', 'says the source');

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
