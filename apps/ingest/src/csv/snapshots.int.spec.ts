import * as fc from 'fast-check';
import { appEnv } from '../../../../test/support/app-env.js';
import { type LoggedEvent, loggedEvents } from '../../../../test/support/open-envelopes.js';
import { answerOf, FileDoor } from '../../../../test/support/post-file.js';
import type { Running } from '#lib/runtime';
import { startIngest } from '../start.js';

const HEADER =
  'EH number,Episode,Name,DOB,M/F,Address,Postcode,Mosaic number,Phone,Cluster,Team,Lead worker,Role,Lead worker phone,Lead worker email,Coordinating?,Date opened,Date closed,Outcome';
/** What a table may hold of an episode; null: nothing. */
const episode = fc.option(fc.record({ record: fc.constantFrom('A', 'B'), lead: fc.constantFrom('Jo', 'Sam'), closed: fc.boolean() }), {
  nil: null,
});
type Table = (typeof episode extends fc.Arbitrary<infer T> ? T : never)[];

const rowOf = (episode: Table[number], n: number) =>
  episode === null
    ? []
    : [`EH-${episode.record}${n},e${n},Ash Baker,,,,,,,,,${episode.lead},,,,,01/02/2025,${episode.closed ? '01/03/2026' : ''},`];
/** Enough that never change, so that no file is too short. */
const STEADY = Array.from({ length: 25 }, (_, n) => `EH-${n},1,Ash Baker,,,,,,,,,,,,,,01/02/2025,,`);

let env: Record<string, string>;
let ingest: Running;
beforeAll(async () => {
  env = await appEnv();
  ingest = await startIngest(env);
});
afterAll(() => ingest?.stop());

it('Whatever is edited between complete files, the log says at last what the last one says', async () => {
  const door = new FileDoor(ingest.url, 'cluster-lists');
  const tables = fc.sample(fc.array(episode, { minLength: 6, maxLength: 6 }), { numRuns: 10, seed: 41 });
  const everHeld = new Set<string>();
  for (const [at, table] of tables.entries()) {
    const lines = [HEADER, ...STEADY, ...table.flatMap(rowOf)];
    const sent = await door.send('episodes', `2026-11-20T${String(at).padStart(2, '0')}:00:00Z`, lines);
    const confirmed = await answerOf(await door.confirm(sent.id, { rows: lines.length - 1 }), 200);
    if (confirmed.state === 'waiting-for-second') await answerOf(await door.approve(sent.id), 200);
    const wanted: Record<string, unknown> = {};
    table.forEach((episode, n) => {
      // an episode's id is of its record: another record's episode is another one
      for (const record of ['A', 'B']) {
        const id = `EH-${record}${n}-e${n}`;
        const held = episode?.record === record ? episode : null;
        if (held) everHeld.add(id);
        if (held || everHeld.has(id)) wanted[id] = held && !held.closed ? 'open' : 'closed';
      }
    });
    const logged = await loggedEvents(env);
    expect(statesIn(logged)).toMatchObject(wanted);
    const leads = leadsIn(logged);
    for (const [n, episode] of table.entries()) if (episode) expect(leads[`EH-${episode.record}${n}-e${n}`]).toBe(episode.lead);
  }
});

/** Of each episode the newest that is said: closed beats open at one version. */
function statesIn(logged: LoggedEvent[]): Record<string, string> {
  const newest = new Map<string, { at: number; state: string }>();
  for (const { event } of logged) {
    if (event.type !== 'InvolvementOpened' && event.type !== 'InvolvementClosed') continue;
    const [state, at] = [event.type === 'InvolvementOpened' ? 'open' : 'closed', event.sourceVersion.position];
    const known = newest.get(event.involvementId);
    if (!known || at > known.at || (at === known.at && state === 'closed')) newest.set(event.involvementId, { at, state });
  }
  return Object.fromEntries([...newest].map(([id, { state }]) => [id, state]));
}

function leadsIn(logged: LoggedEvent[]): Record<string, string | null | undefined> {
  const newest = new Map<string, { at: number; lead: string | null | undefined }>();
  for (const { event } of logged) {
    if (event.type !== 'InvolvementOpened' && event.type !== 'InvolvementUpdated') continue;
    if ((newest.get(event.involvementId)?.at ?? -1) <= event.sourceVersion.position)
      newest.set(event.involvementId, { at: event.sourceVersion.position, lead: event.practitioner?.name });
  }
  return Object.fromEntries([...newest].map(([id, { lead }]) => [id, lead]));
}
