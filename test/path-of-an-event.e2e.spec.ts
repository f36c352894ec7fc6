/**
 * The path of one event, from a source's POST to an audited page. Read it from top to bottom: each test is one step of the way, with the real
 * broker, registry and databases, and it names the files that do the work.
 */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startIngest } from '../apps/ingest/src/start.js';
import { startMatcher } from '../apps/matcher/src/start.js';
import { startProjector } from '../apps/projector/src/start.js';
import { startQuery } from '../apps/query/src/start.js';
import { readAudit } from '#lib/audit';
import { topicsOf } from '#lib/events';
import type { Running } from '#lib/runtime';
import { appEnv } from './support/app-env.js';
import { eventually } from './support/eventually.js';
import { loggedEvents } from './support/open-envelopes.js';
import { textOf } from './support/pages.js';
import { postEvents } from './support/post-events.js';
import { readLog } from './support/read-log.js';
import { Visitor } from './support/visitor.js';

/** Everything of the child that must be found nowhere but on an audited page. */
const CASE_ID = 'M-249012';
const version = (position: number) => ({ epoch: 1, position });

describe('The path of an event', () => {
  let env: Record<string, string>;
  let ingest: Running;
  let query: Running;
  let amara: Visitor;
  let childsPage: string;
  const running: Running[] = [];
  const metrics: string[] = [];

  beforeAll(async () => {
    env = await appEnv();
    const [matcher, projector] = await Promise.all([startMatcher(env), startProjector(env)]);
    [ingest, query] = await Promise.all([startIngest(env), startQuery(env)]);
    running.push(query, ingest, projector, matcher);
    amara = new Visitor(query.url);
  });

  afterAll(async () => {
    for (const { stop } of running) await stop();
  });

  it('a source records a child over HTTP and is told where in the log each event stands (apps/ingest/src/http)', async () => {
    const results = await postEvents(ingest.url, 'mosaic', [
      {
        type: 'PersonRecorded',
        recordId: CASE_ID,
        sourceVersion: version(1),
        occurredAt: '2026-11-22T09:00:00Z',
        names: [{ family: 'Fernández-O’Neill', given: ['Zoë'] }],
        dateOfBirth: { date: '2015-05-12', precision: 'day' },
        addresses: [{ lines: ['4 Mill Row'], postcode: 'NB4 2QT' }],
      },
    ]);
    expect(results).toEqual([
      {
        index: 0,
        status: 'accepted',
        eventId: expect.stringMatching(/^[0-9a-f]{32}$/),
        partition: expect.any(Number),
        offset: expect.any(Number),
      },
    ]);
  });

  it('the log holds it sealed: key and envelope say nothing that leads back to the child (libs/sealing, libs/kafka)', async () => {
    const messages = await readLog(env.KAFKA_BROKERS!, topicsOf(env.TOPIC_PREFIX).involvementLog);
    const everything = messages.map(({ key, value }) => `${key} ${value.toString('latin1')} ${value.toString('utf8')}`).join('\n');
    for (const telling of [CASE_ID, 'Fern', 'Neill', 'Zo', '2015-05-12', 'Mill Row', 'NB4']) expect(everything).not.toContain(telling);
    const [logged] = await loggedEvents(env);
    expect(logged?.envelope).toMatchObject({ type: 'PersonRecorded', source: 'mosaic', sourceVersion: version(1) });
    expect(logged?.event).toMatchObject({ recordId: CASE_ID, names: [{ family: 'Fernández-O’Neill', given: ['Zoë'] }] });
  });

  it('within a second or so a worker finds the child by name, spelled as it sounds (apps/matcher, apps/projector, apps/query/src/search-people)', async () => {
    await amara.signIn('amara.okafor');
    childsPage = await eventually('the child was found', async () => {
      const results = await amara.submit('/search', { by: 'name', familyName: 'fernandez oneil', givenName: 'zoe' });
      return /href="(\/people\/[0-9a-f-]{36})[^"]*"/.exec(results)?.[1];
    });
    expect(textOf(await amara.openWithReason(childsPage))).toContain('FERNÁNDEZ-O’NEILL, Zoë');
  });

  it('where no source has looked, the page says "Not checked" and never "nothing found" (apps/query/src/view-person/service-state.ts)', async () => {
    const page = textOf(await amara.read(childsPage));
    expect(page).toContain('Not checked');
    expect(page).not.toContain('Checked, nothing found');
  });

  it('an InvolvementOpened is published, and the page shows it on the next load (apps/projector/src/projections/involvement-opened.ts)', async () => {
    await postEvents(ingest.url, 'mosaic', [
      {
        type: 'InvolvementOpened',
        recordId: CASE_ID,
        sourceVersion: version(2),
        occurredAt: '2026-11-22T09:14:00Z',
        involvementId: 'inv-1',
        service: 'childrens-social-care',
        openedOn: '2026-11-22',
        practitioner: { name: 'Priya Nair', phone: '01632 960118' },
      },
    ]);
    await eventually('the involvement was shown', async () =>
      /Children’s social care[^]*?Involved now/.test(textOf(await amara.read(childsPage))),
    );
  });

  it('a closed panel’s content is not on the page; opening the panel shows whom to ring (apps/query/src/view-person/open-panel.query.ts)', async () => {
    expect(await amara.read(childsPage)).not.toContain('Priya Nair');
    const opened = await amara.read(`${childsPage}/services/childrens-social-care`);
    expect(opened).toContain('Priya Nair');
    expect(opened).toContain('href="tel:01632960118"');
  });

  it('closed late and twice, it reads "Involved before" all the same', async () => {
    const closed = {
      type: 'InvolvementClosed',
      recordId: CASE_ID,
      sourceVersion: version(3),
      involvementId: 'inv-1',
      closedOn: '2026-11-23',
    };
    const sent = { ...closed, occurredAt: '2026-11-22T10:00:00Z' };
    const [first] = await postEvents(ingest.url, 'mosaic', [sent]);
    const [second] = await postEvents(ingest.url, 'mosaic', [sent]);
    expect(second).toMatchObject({ eventId: (first as { eventId: string }).eventId });
    await eventually('it was shown as ended', async () =>
      textOf(await amara.read(childsPage)).includes('Involved before, ended 23 Nov 2026'),
    );
  });

  it('each look stands in the audit log, in the order it was taken (libs/audit)', async () => {
    const rows = await readAudit(env.AUDIT_URL!, { last: 10_000, reader: 'amara.okafor' });
    const acts = rows.map(({ action }) => action);
    expect(acts[0]).toBe('signed-in');
    expect(acts[1]).toBe('searched');
    expect(acts.indexOf('shown-in-results')).toBeGreaterThan(1);
    expect(acts.indexOf('viewed-person')).toBeGreaterThan(acts.indexOf('shown-in-results'));
    const person = childsPage.split('/').at(-1);
    expect(rows.find(({ action }) => action === 'opened-panel')).toMatchObject({
      person,
      outcome: 'done',
      role: 'social-worker',
      team: 'Assessment East',
      shown: expect.objectContaining({ service: 'childrens-social-care' }),
      generation: 1,
    });
  });

  it('nothing of the child stands in any metric', async () => {
    for (const { url } of running) metrics.push(await (await fetch(`${url}/metrics`)).text());
    expect(metrics.join('\n')).toMatch(/projector_/);
    for (const telling of [CASE_ID, 'Fern', 'Neill', '2015-05', 'Mill Row', 'inv-1']) expect(metrics.join('\n')).not.toContain(telling);
  });
});
