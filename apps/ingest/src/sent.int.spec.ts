import { randomUUID } from 'node:crypto';
import { appEnv } from '../../../test/support/app-env.js';
import { eventually } from '../../../test/support/eventually.js';
import { openIngest } from '../../../test/support/open-ingest.js';
import { ops } from '../../../test/support/ops.js';
import { Connector } from '../../../test/support/captured.js';
import { FileDoor } from '../../../test/support/post-file.js';
import { postEvents } from '../../../test/support/post-events.js';
import { mosaic } from './sources/mosaic.js';
import { startIngest } from './start.js';

const HEADER =
  'EH number,Episode,Name,DOB,M/F,Address,Postcode,Mosaic number,Phone,Cluster,Team,Lead worker,Role,Lead worker phone,Lead worker email,Coordinating?,Date opened,Date closed,Outcome';

it('What is sent is counted by source, door, sender and day, with what of it was refused', async () => {
  const env = await appEnv();
  const ingest = await startIngest(env);
  const event = {
    type: 'PersonRecorded',
    recordId: randomUUID(),
    sourceVersion: { epoch: 1, position: 1 },
    occurredAt: '2026-03-01T09:00:00Z',
  };
  await postEvents(ingest.url, 'mosaic', [{ ...event, names: [{ family: 'Baker' }] }, event]);
  await postEvents(ingest.url, 'mosaic', [{ ...event, names: [{ family: 'Baker' }] }]);
  await postEvents(ingest.url, 'mosaic', [{ ...event, names: [{ family: 'Baker' }] }], { query: '?dryRun=true' });
  const rows = Array.from({ length: 25 }, (_, n) => `EH-${n},1,Ash Baker,,,,,,,,,,,,,,01/02/2025,,`);
  await new FileDoor(ingest.url, 'cluster-lists').publish('episodes', '2026-11-20T05:00:00Z', [HEADER, ...rows]);
  const capturing = await openIngest(env);
  const people = { PERSON_ID: randomUUID(), LAST_NAME: 'Ashdown', FIRST_NAMES: 'Freya', DELETED: 'N' };
  await capturing.capture(mosaic).take([new Connector(mosaic).insert('people', people)], async () => undefined);
  await capturing.close();
  await ingest.stop();
  const { text } = await eventually('what was sent', () => ops(env, 'sent', '--json'));
  expect(JSON.parse(text)).toMatchObject([
    { source: 'cluster-lists', door: 'csv', accepted: 51, rejected: 0 },
    { source: 'mosaic', door: 'cdc', sender: 'connect', accepted: 1, rejected: 0 },
    { source: 'mosaic', door: 'http', sender: 'mosaic', accepted: 2, rejected: 1 },
  ]);
});
