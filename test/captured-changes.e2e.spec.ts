/** From what is typed into a source's own database to the page: a real Kafka Connect, real connectors, and both of them killed on the way. */
import { startMatcher } from '../apps/matcher/src/start.js';
import { startProjector } from '../apps/projector/src/start.js';
import { startQuery } from '../apps/query/src/start.js';
import type { Running } from '#lib/runtime';
import { appEnv } from './support/app-env.js';
import { eventually } from './support/eventually.js';
import { loggedEvents } from './support/open-envelopes.js';
import { textOf } from './support/pages.js';
import { SourceSystems } from './support/source-system.js';
import { SpawnedApp } from './support/spawned-app.js';
import { Visitor } from './support/visitor.js';

let env: Record<string, string>;
let sources: SourceSystems;
let ingest: SpawnedApp;
let amara: Visitor;
let freya: string;
const running: Running[] = [];

beforeAll(async () => {
  env = await appEnv({ CAPTURE: 'on' });
  sources = await SourceSystems.make(env);
  const [matcher, projector, query] = await Promise.all([startMatcher(env), startProjector(env), startQuery(env)]);
  running.push(query, projector, matcher);
  ingest = await SpawnedApp.start('ingest', env);
  await sources.startConnect();
  amara = await Visitor.signedIn(query.url, 'amara.okafor');
});
afterAll(async () => {
  await sources?.stop();
  await ingest?.stop();
  for (const { stop } of running) await stop();
});

const typed = (statement: string) => sources.mosaic.query(statement);
const read = async (path = freya) => textOf(await amara.read(path));
/** What the panel of a service says. */
const panel = async (label: string, path = freya) =>
  new RegExp(`Close all[^]*?${label}: \\S+ ([^]*?)(Last updated|Why, and)`).exec(await read(path))?.[1] ?? '';
const socialCare = async () => read(`${freya}/services/childrens-social-care`);
const shown = (what: string, look: () => Promise<boolean>) => eventually(what, look, { within: 8_000 });
async function find(caseId: string): Promise<string | undefined> {
  return /href="(\/people\/[0-9a-f-]{36})[^"]*"/.exec(await amara.submit('/search', { by: 'case-id', caseId }))?.[1];
}
/** How often the allocation was told, by what it says. */
const toldOf = async (involvementId: string) =>
  (await loggedEvents(env)).map(({ event }) => event).filter((event) => 'involvementId' in event && event.involvementId === involvementId);

describe('What a source’s own database holds', () => {
  it('is on the page after the first snapshot, of both sources about one child', async () => {
    freya = await eventually('the child was found', () => find('900001'), { within: 15_000 });
    await amara.openWithReason(freya);
    await shown('the allocation', async () => (await panel('social care')).includes('Involved now'));
    await shown('the school', async () => (await panel('School')).includes('Involved now'));
    expect(await socialCare()).toContain('01632 960 141');
  });

  it('changes on the page within seconds of being typed there, although it is in another table than the allocation', async () => {
    const since = performance.now();
    await typed(`UPDATE mosaic.workers SET telephone = '01632 960 199' WHERE worker_id = 41`);
    await shown('the new number', async () => (await socialCare()).includes('01632 960 199'));
    process.stderr.write(`typed at the source and on the page after ${((performance.now() - since) / 1000).toFixed(2)} s\n`);
  });

  it('comes out of an outbox the same way', async () => {
    await sources.synergy.query(`CALL synergy.leave_school('S900001', '4101', '2026-11-20', 'Moved')`);
    await shown('the school as ended', async () => (await panel('School')).includes('Involved before, ended 20 Nov 2026'));
  });

  it('that is undone in the same transaction never happened, and one over many tables comes whole', async () => {
    await typed(`BEGIN; DELETE FROM mosaic.allocations WHERE allocation_id = 910001; ROLLBACK`);
    await typed(`BEGIN;
      INSERT INTO mosaic.persons (person_id, last_name, first_names, date_of_birth) VALUES (900101, 'Ashdown', 'Oluwaseun', '2020-05-05');
      INSERT INTO mosaic.allocations (allocation_id, person_id, worker_id, start_date) VALUES (910101, 900101, 42, '2026-11-19');
      INSERT INTO mosaic.relationships (relationship_id, person_id, related_person_id, relationship) VALUES (920101, 900101, 900003, 'Mother');
      COMMIT`);
    const child = await eventually('the new child', () => find('900101'));
    await amara.openWithReason(child);
    await shown('with an allocation', async () => (await panel('social care', child)).includes('Involved now'));
    expect(await panel('social care')).toContain('Involved now');
  });

  it('follows a record into the one it was merged with', async () => {
    const named = (familyName: string) => amara.submit('/search', { by: 'name', familyName, givenName: 'Rosalind' });
    expect(await named('Hale')).toContain('HALE, Rosalind');
    await typed('CALL mosaic.merge_persons(900004, 900003)');
    await shown('one woman of these two', async () => !(await named('Hale')).includes('HALE, Rosalind'));
    // The row that is gone and the one that tells where it went are of two tables, and so of two topics.
    await shown('which record it was merged with', async () =>
      (await loggedEvents(env)).some(({ event }) => event.type === 'RecordReplaced' && event.recordId === '900004'),
    );
  });

  it('takes a new column without a word, and what is written with it', async () => {
    await typed('ALTER TABLE index_feed.people ADD COLUMN "PRONOUNS" text');
    await typed(`UPDATE mosaic.addresses SET address_line_1 = '12 Weir Cottages' WHERE person_id = 900001`);
    await shown('the new address', async () => (await read()).includes('12 Weir Cottages'));
  });

  it('that is deleted disappears: it does not become historic', async () => {
    await typed(
      `INSERT INTO mosaic.allocations (allocation_id, person_id, worker_id, start_date) VALUES (910009, 900001, 42, '2026-11-01')`,
    );
    await shown('the second allocation', async () => (await socialCare()).includes('Dawn Rees'));
    await typed('DELETE FROM mosaic.allocations WHERE allocation_id = 910009');
    await shown('no trace of it', async () => !(await socialCare()).includes('Dawn Rees'));
  });
});

describe('Nothing is lost, and nothing doubled', () => {
  it('when Kafka Connect is killed while changes come, and started again', async () => {
    await typed(
      `INSERT INTO mosaic.allocations (allocation_id, person_id, worker_id, start_date) VALUES (910020, 900001, 42, '2026-11-02')`,
    );
    await sources.killConnect();
    await typed(`UPDATE mosaic.allocations SET end_date = '2026-11-18', end_reason = 'Transferred' WHERE allocation_id = 910020`);
    await sources.startConnect();
    await shown(
      'the allocation as ended',
      async () => (await socialCare()).includes('Transferred') || /18 Nov 2026/.test(await socialCare()),
    );
    const events = await toldOf('910020');
    expect(new Set(events.map(({ eventId }) => eventId)).size).toBeLessThanOrEqual(3);
  });

  it('when ingest is killed while changes come, and started again', async () => {
    await typed(
      `INSERT INTO mosaic.allocations (allocation_id, person_id, worker_id, start_date) VALUES (910030, 900002, 41, '2026-11-03')`,
    );
    await ingest.kill();
    await typed(`UPDATE mosaic.workers SET telephone = '01632 960 177' WHERE worker_id = 41`);
    ingest = await SpawnedApp.start('ingest', env);
    await shown('the newest number', async () => (await socialCare()).includes('01632 960 177'));
    await shown('the allocation', async () => (await toldOf('910030')).length > 0);
  });

  it('when the connector has lost its place: what was deleted meanwhile does not linger, what changed is told, the rest is not told again', async () => {
    const before = (await toldOf('910002')).length;
    await sources.killConnect();
    await typed(`DELETE FROM mosaic.allocations WHERE allocation_id = 910020`);
    await typed(`UPDATE mosaic.workers SET telephone = '01632 960 166' WHERE worker_id = 41`);
    await sources.loseSlots();
    await sources.startConnect();
    await shown('the newest number', async () => (await socialCare()).includes('01632 960 166'));
    await shown('the deleted one gone', async () => (await toldOf('910020')).some(({ type }) => type === 'InvolvementRetracted'));
    expect((await toldOf('910002')).length).toBe(before);
  });

  it('a table of its own that is emptied at once halts its source, and no other', async () => {
    const metrics = async () => (await fetch(`${ingest.url}/metrics`)).text();
    const halted = (source: string) =>
      shown('the alarm', async () => new RegExp(`ingest_capture_stopped\\{[^}]*source="${source}"[^}]*\\} 1`).test(await metrics()));
    await typed('TRUNCATE mosaic.workers CASCADE');
    await halted('mosaic');
    expect(await panel('social care')).toContain('Involved now');
    await sources.synergy.query(`CALL synergy.enrol('S900001', '2101', '2026-11-24')`);
    await shown('the new school', async () => (await panel('School')).includes('Involved now'));
    await sources.synergy.query('TRUNCATE synergy.registrations');
    await halted('synergy');
    expect(await panel('School')).toContain('Involved now');
  });
});
