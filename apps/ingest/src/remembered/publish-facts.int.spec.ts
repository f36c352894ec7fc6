import { randomUUID } from 'node:crypto';
import type { CommandBus } from '@nestjs/cqrs';
import { appEnv } from '../../../../test/support/app-env.js';
import { openIngest, type OpenIngest } from '../../../../test/support/open-ingest.js';
import { loggedEvents } from '../../../../test/support/open-envelopes.js';
import type { PublishEvents } from '../publish-events.command.js';
import { Reachable } from '../reachable.js';
import type { Mapping } from '../sources/mapping.js';
import { mosaic } from '../sources/mosaic.js';
import { factsInRow } from '../rows/facts-in-row.js';
import { Changes } from './changes.js';
import { PublishFacts } from './publish-facts.js';
import { Remembered } from './remembered.js';
import { rememberSource } from '../source-tools/remember-source.js';

const BY = { door: 'csv', sender: 'a test' } as const;
let env: Record<string, string>;
let ingest: OpenIngest;
beforeAll(async () => {
  env = await appEnv();
  ingest = await openIngest(env);
});
afterAll(() => ingest?.close());

const HOUR = 3_600_000_000;
const FIRST = Date.parse('2026-11-20T05:00:00Z') * 1000;

/** A child with an allocation and a mother, exported so many hours after the first time. */
function facts(id: string, hours: number, more: Record<string, string> = {}, mapping: Mapping = mosaic) {
  const version = { epoch: mapping.epoch, position: FIRST + hours * HOUR };
  const row = (table: string, cells: Record<string, string>) =>
    factsInRow(mapping, mapping.tables[table]!, { number: 2, cells }, version).facts.map((fact) => ingest.digests.digested('mosaic', fact));
  return [
    ...row('people', { PERSON_ID: id, LAST_NAME: 'Baker', FIRST_NAMES: 'Thomas', DATE_OF_BIRTH: '2014-03', ...more }),
    ...row('allocations', { PERSON_ID: id, ALLOCATION_ID: `A-${id}`, START_DATE: '14/05/2024', ...more }),
    ...row('relationships', { PERSON_ID: id, RELATED_PERSON_ID: `${id}-mother`, RELATIONSHIP_ID: `R-${id}`, RELATIONSHIP: 'Mother' }),
  ];
}
const publish = async (...args: Parameters<typeof facts>) =>
  (await ingest.publishFacts.publish(mosaic, facts(...args), BY)).map(
    ({ change, published, again }) => `${change}${published ? ', published' : ''}${again ? ', again' : ''}`,
  );
/** Everything is in the log, and then the process is killed: nothing of it is remembered as published. */
async function brokenOff(some: ReturnType<typeof facts>): Promise<void> {
  const remembered = new Reachable(() => Promise.resolve(new Remembered(ingest.database)));
  const keyStore = new Reachable(() => Promise.resolve(ingest.keyStore));
  const commands = {
    execute: async (command: PublishEvents) => {
      await ingest.commands.execute(command);
      throw new Error('killed');
    },
  };
  const killed = new PublishFacts(new Changes(remembered), commands as unknown as CommandBus, keyStore, remembered);
  await expect(killed.publish(mosaic, some, BY)).rejects.toThrow('killed');
}
const typesOf = async (id: string) =>
  (await loggedEvents(env))
    .map(({ event }) => event)
    .filter((event) => event.type !== 'SourceChecked' && event.recordId === id)
    .map(({ type }) => type)
    .sort();

describe('What ingest remembers', () => {
  it('keeps an unchanged re-read out of the log, and lets what changed through', async () => {
    const id = randomUUID();
    expect(await publish(id, 0)).toEqual(['new, published', 'new, published', 'new, published']);
    expect(await publish(id, 1)).toEqual(['unchanged', 'unchanged', 'unchanged']);
    expect(await typesOf(id)).toEqual(['InvolvementOpened', 'PersonRecorded', 'RelationshipLinked']);
    expect(await publish(id, 2, { TEAM: 'East' })).toEqual(['unchanged', 'changed, published', 'unchanged']);
    expect(await publish(id, 3, { END_DATE: '01/11/2026', TEAM: 'East' })).toEqual(['unchanged', 'ended, published', 'unchanged']);
    expect(await publish(id, 4, { DELETED: 'Y' })).toEqual(['gone, published', 'gone, published', 'unchanged']);
    expect(await publish(id, 5, { DELETED: 'Y' })).toEqual(['unchanged', 'unchanged', 'unchanged']);
    expect(await publish(id, 6)).toEqual(['new, published', 'new, published', 'unchanged']);
  });

  it('counts a second try of the same version as published, and publishes nothing', async () => {
    const id = randomUUID();
    await publish(id, 0);
    const before = (await typesOf(id)).length;
    expect(await publish(id, 0)).toEqual(Array(3).fill('unchanged, again'));
    expect((await typesOf(id)).length).toBe(before);
  });

  it('that a crash has lost is published again, under the same ids', async () => {
    const id = randomUUID();
    await publish(id, 0);
    await ingest.database.query('DELETE FROM ingest.remembered');
    expect(await publish(id, 0)).toEqual(['new, published', 'new, published', 'new, published']);
    const ids = (await loggedEvents(env))
      .filter(({ event }) => event.type === 'PersonRecorded' && event.recordId === id)
      .map(({ envelope }) => envelope.id);
    expect(ids).toHaveLength(2);
    expect(new Set(ids).size).toBe(1);
  });

  it.each([
    ['what is said next is as it was before', { TEAM: 'West' }, 'changed, published'],
    ['it is taken back next', { DELETED: 'Y' }, 'gone, published'],
  ])('a change whose publishing was broken off is not the last word: %s', async (_, next, change) => {
    const id = randomUUID();
    await publish(id, 0, { TEAM: 'West' });
    await brokenOff(facts(id, 1, { TEAM: 'East' }));
    expect((await typesOf(id)).filter((type) => type === 'InvolvementOpened')).toHaveLength(2);
    expect((await publish(id, 2, next))[1]).toBe(change);
  });

  it('what was published for the first time and broken off can be taken back, and is new once more when tried again', async () => {
    const [gone, again] = [randomUUID(), randomUUID()];
    for (const id of [gone, again]) await brokenOff(facts(id, 0));
    expect(await publish(gone, 1, { DELETED: 'Y' })).toEqual(['gone, published', 'gone, published', 'changed, published']);
    expect(await publish(again, 0)).toEqual(Array(3).fill('new, published'));
    expect(await publish(again, 0)).toEqual(Array(3).fill('unchanged, again'));
  });

  it('remembers nothing of a new fact that was refused', async () => {
    const id = randomUUID();
    const [person] = facts(id, 0);
    const unknown = {
      ...person!,
      fact: { ...person!.fact, events: person!.fact.events.map((one) => ({ ...one, sent: { type: 'Nothing' } })) },
    };
    const [outcome] = await ingest.publishFacts.publish(mosaic, [unknown as typeof person & object], BY);
    expect(outcome).toMatchObject({ change: 'new', published: false });
    expect((await publish(id, 1))[0]).toBe('new, published');
  });

  it('remembers nothing of an event that was refused', async () => {
    const id = randomUUID();
    await publish(id, 0);
    const [key] = await ingest.keyStore.subjectsFor([{ source: 'mosaic', recordId: id }]);
    await ingest.keyStore.erase(key!.subject);
    const outcomes = await ingest.publishFacts.publish(mosaic, facts(id, 1, { TEAM: 'East' }), BY);
    expect(outcomes.map(({ change, published }) => [change, published])).toEqual([
      ['unchanged', false],
      ['changed', false],
      ['unchanged', false],
    ]);
    expect(outcomes[1]!.problems).toMatchObject([{ rule: 'record-erased' }]);
  });

  it('tells everything again under a new epoch', async () => {
    const id = randomUUID();
    await publish(id, 0);
    expect(await publish(id, 1, {}, { ...mosaic, epoch: 2 })).toEqual(['changed, published', 'changed, published', 'changed, published']);
  });

  it('holds no id, name or date in clear', async () => {
    const id = `case-${randomUUID()}`;
    await publish(id, 0);
    const rows = await ingest.database.query(
      `SELECT encode(ids, 'escape') || encode(fact, 'escape') || coalesce(encode(details, 'escape'), '') || subject AS text FROM ingest.remembered`,
    );
    expect(JSON.stringify(rows)).not.toMatch(/case-|Baker/);
  });
});

describe('Remembering anew from the log', () => {
  it('ends in the same, but for what names another record, which is told once more', async () => {
    const [open, closed, removed] = [randomUUID(), randomUUID(), randomUUID()];
    await publish(open, 0);
    await publish(open, 1, { TEAM: 'East' });
    await publish(closed, 0, { END_DATE: '01/11/2026', END_REASON: 'Plan ended' });
    await publish(removed, 0);
    await publish(removed, 1, { DELETED: 'Y' });
    const all = `SELECT encode(fact, 'hex') AS fact, kind, service, subject, epoch, position, encode(details, 'hex') AS details, encode(ending, 'hex') AS ending, is_open
      FROM ingest.remembered WHERE epoch = 1 AND source = 'mosaic' ORDER BY fact`;
    const keys = await ingest.keyStore.subjectsFor([open, closed].map((recordId) => ({ source: 'mosaic', recordId })));
    const before = await ingest.database.query<Record<string, unknown>>(all);
    await ingest.database.query('DELETE FROM ingest.remembered');
    expect(await rememberSource('mosaic', env)).toBeGreaterThan(8);
    const after = await ingest.database.query<Record<string, unknown>>(all);
    const known = new Map(after.map((row) => [row.fact, row]));
    const comparable = before.filter(({ kind, subject }) => kind !== 'relationship' && keys.some((key) => key.subject === subject));
    expect(comparable).toHaveLength(4);
    for (const row of comparable) expect(known.get(row.fact)).toEqual(row);
    expect(await publish(open, 2, { TEAM: 'East' })).toEqual(['unchanged', 'unchanged', 'changed, published']);
    expect(await publish(closed, 2, { END_DATE: '01/11/2026', END_REASON: 'Plan ended' })).toEqual([
      'unchanged',
      'unchanged',
      'changed, published',
    ]);
    expect(await publish(removed, 2, { DELETED: 'Y' })).toEqual(['unchanged', 'unchanged', 'changed, published']);
  });

  it('is refused while the source is being published, and for a source nobody has', async () => {
    await ingest.database.alone('mosaic', async () => {
      expect(await rememberSource('mosaic', env)).toBeUndefined();
    });
    await expect(rememberSource('carefirst', env)).rejects.toThrow('There is no source of this name');
  });
});
