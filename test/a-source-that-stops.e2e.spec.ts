/** A source stops, or half of it goes: the index sees it first, and says so on every page that could mislead because of it. */
import { SourceEvent } from '#lib/events';
import type { Running } from '#lib/runtime';
import { startProjector } from '../apps/projector/src/start.js';
import type { SourceFreshness } from '../apps/query/src/source-freshness.js';
import { startQuery } from '../apps/query/src/start.js';
import type { PersonPage } from '../apps/query/src/view-person/view-person.query.js';
import { appEnv } from './support/app-env.js';
import { eventually } from './support/eventually.js';
import { textOf } from './support/pages.js';
import { asMachine, sayWhyAsMachine } from './support/tokens.js';
import { SealedLog } from './support/sealed-log.js';
import { publishCheck } from './support/source-check.js';
import { Visitor } from './support/visitor.js';

const PERSON = '11111111-1111-4111-8111-111111111111';
const HOURS = 60;

let log: SealedLog;
let query: Running;
let upkeep: Running;
let amara: Visitor;
const running: Running[] = [];
beforeAll(async () => {
  const env = await appEnv({ PROJECTOR_WATCH_SECONDS: '1', PROJECTOR_CHECK_SECONDS: '0', LOG_LEVEL: 'silent' });
  log = await SealedLog.open(env);
  upkeep = await startProjector({ ...env, PROJECTOR_TASK: 'upkeep' });
  query = await startQuery(env);
  running.push(query, upkeep, await startProjector(env));
  amara = new Visitor(query.url);
});
afterAll(async () => {
  await Promise.all(running.map((app) => app.stop()));
  await log.close();
});

const synergy = (o: { recordsHeld?: number; ago?: number }) => publishCheck(log, { source: 'synergy', service: 'school', ...o });

async function asked() {
  const answer = await fetch(`${query.url}/v1/people/${PERSON}`, { headers: await asMachine() });
  const { result, sources } = (await answer.json()) as { result?: PersonPage; sources?: SourceFreshness[] };
  const panel = result?.panels.find(({ service }) => service === 'school');
  return { panel, sources: sources ?? [], words: panel?.state.words };
}
const says = (words: string) => eventually(`"${words}"`, async () => (await asked()).words === words, { within: 20_000 });

const watched = async () => (await fetch(`${upkeep.url}/metrics`)).text();
/** Sources that upkeep takes for late. */
async function lateForUpkeep(): Promise<string[]> {
  return [...(await watched()).matchAll(/index_source_late\{source="([^"]+)",app="projector"\} 1/g)].map(([, source]) => source!).sort();
}

describe('A source that stops', () => {
  it('is first one that was looked at: nothing is found of this child at Synergy', async () => {
    const [record] = await log.publish([
      SourceEvent.parse({
        type: 'PersonRecorded',
        source: 'mosaic',
        recordId: 'M-1',
        sourceVersion: { epoch: 0, position: 1 },
        occurredAt: '2026-05-01T09:00:00Z',
        names: [{ family: 'Example', given: ['Alex'] }],
        dateOfBirth: { date: '2015-05-12', precision: 'day' },
      }),
    ]);
    const offsets = [0, 1, 2, 3].map((partition) => ({ partition, offset: 1_000_000 }));
    for (const partition of [0, 1, 2, 3]) await log.decide([{ type: 'MatchedUpTo', decision: 1, offsets }], partition);
    await log.decide([
      { type: 'RecordAssigned', decision: 2, subject: record!.subject, person: PERSON, reason: 'alone', modelVersion: '1' },
    ]);
    await synergy({ recordsHeld: 1_000 });
    await sayWhyAsMachine(query.url, PERSON);
    await says('Checked, nothing found');
  });

  it('is not believed any more when most of its records are gone: panel, page and REST say so, and whom to ring', async () => {
    const seen = 'index_source_late{source="synergy",app="projector"} 0';
    await eventually('upkeep having seen what it held', async () => (await watched()).includes(seen), { within: 20_000 });
    await synergy({ recordsHeld: 100 });
    await says('Not checked: Synergy holds far fewer records than before');
    const { panel, sources } = await asked();
    expect(panel!.droppedWords).toEqual([
      expect.stringMatching(/^Synergy holds far fewer records since .*: some may be missing\. Ring School Admissions: 01632 960 120/),
    ]);
    expect(sources.find(({ source }) => source === 'synergy')).toMatchObject({ late: false, dropped: { what: 'records' } });
    await amara.signIn('amara.okafor');
    const page = textOf(await amara.openWithReason(`/people/${PERSON}`));
    expect(page).toContain('One source holds far fewer records than before.');
    // The numbers can be rung: each is a link.
    expect(page).toContain(panel!.droppedWords[0]!.replaceAll(/01632 960 \d{3}/g, '$& '));
    expect(page).not.toContain('School: Synergy Checked, nothing found');
  });

  it('is believed again when they have come back', async () => {
    await synergy({ recordsHeld: 1_001 });
    await says('Checked, nothing found');
  });

  it('is late for upkeep exactly when it is late for readers', async () => {
    const lateForReaders = async () => {
      const late = (await asked()).sources.filter((source) => source.late);
      return [...new Set(late.map(({ source }) => source))].sort();
    };
    const bothSay = (isLate: boolean, source = 'synergy') =>
      eventually(
        'upkeep and pages saying the same',
        async () => {
          const [late, read] = [await lateForUpkeep(), await lateForReaders()];
          return read.includes(source) === isLate && JSON.stringify(late) === JSON.stringify(read);
        },
        { within: 10_000 },
      );
    await bothSay(false);
    await synergy({ ago: 29 * HOURS, recordsHeld: 1_001 });
    await bothSay(false);
    await synergy({ ago: 31 * HOURS, recordsHeld: 1_001 });
    await bothSay(true);
    expect((await asked()).panel!.state.reason).toBe('source-late');
    expect(await lateForReaders()).toHaveLength(9);
    // Of one that speaks for two services, by either.
    for (const service of ['early-help', 'childrens-social-care']) await publishCheck(log, { source: 'liquidlogic', service });
    await bothSay(false, 'liquidlogic');
    await publishCheck(log, { source: 'liquidlogic', service: 'childrens-social-care', ago: 180 });
    await bothSay(true, 'liquidlogic');
  });
});
