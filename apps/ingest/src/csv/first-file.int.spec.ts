import { appEnv } from '../../../../test/support/app-env.js';
import { answerOf, FileDoor } from '../../../../test/support/post-file.js';
import { postEvents } from '../../../../test/support/post-events.js';
import type { Running } from '#lib/runtime';
import { startIngest } from '../start.js';

const HEADER =
  'CIS No,Surname,Forenames,Previous surname,DOB,Sex,Address,Postcode,Address withheld,NHS No,Telephone,Date of death,Restricted access';
const row = (id: string, surname = 'Baker') => `${id},${surname},June,,15/06/1943,F,,,,,,,`;

let ingest: Running;
let door: FileDoor;
beforeAll(async () => {
  ingest = await startIngest(await appEnv());
  door = new FileDoor(ingest.url, 'cis');
});
afterAll(() => ingest?.stop());

it('A first file of a source that publishes over HTTP says that nothing could disappear by it, and what of it is not in the file stays', async () => {
  const recorded = (id: string) => ({
    type: 'PersonRecorded',
    recordId: id,
    sourceVersion: { epoch: 1, position: 1 },
    names: [{ family: 'Baker', given: ['June'] }],
    dateOfBirth: { date: '1943-06-15', precision: 'day' },
    gender: 'female',
  });
  await postEvents(ingest.url, 'cis', ['00000001', '00000002'].map(recorded));
  const first = await door.send('clients', '2026-11-20T01:00:00Z', [HEADER, row('00000001')]);
  expect(first.preview).toMatchObject({ couldDisappear: 0, disappearingShare: 0, counts: { new: 1, disappeared: 0 } });
  await answerOf(await door.confirm(first.id, { rows: 1 }), 200);
  await answerOf(await door.approve(first.id), 200);
  const second = await door.send('clients', '2026-11-20T02:00:00Z', [HEADER, row('00000003')]);
  expect(second.preview).toMatchObject({ couldDisappear: 1, disappearingShare: 1, counts: { new: 1, disappeared: 1 } });
  const third = await door.send('clients', '2026-11-20T02:30:00Z', [HEADER, row('00000001'), row('00000003')]);
  expect(third.preview).toMatchObject({ couldDisappear: 1, disappearingShare: 0, counts: { new: 1, unchanged: 1, disappeared: 0 } });
});

it('An ID with too few digits is counted as a guess, and what can be no ID is refused by row and field', async () => {
  const lines = [HEADER, row('00000001'), row('1900'), row('1901.0'), row('123456789'), row('C-12')];
  const sent = await door.send('clients', '2026-11-20T03:00:00Z', lines, 'changes');
  expect(sent.preview).toMatchObject({ shortIds: [{ column: 'CIS No', digits: 8, ids: 2 }], counts: { new: 2, refused: 2 } });
  const refused = { column: 'CIS No', rule: 'id-digits', outcome: 'refused', expected: expect.stringContaining('an ID of 8 digits') };
  expect(sent.problems).toMatchObject([
    { row: 5, ...refused },
    { row: 6, ...refused },
  ]);
});

it('A file of the very time of the one published last is refused where it says something else, and may come again where it is the same', async () => {
  const of = async (...ids: string[]) =>
    door.post(
      { table: 'clients', exportedAt: '2026-11-20T04:00:00Z', rows: 'changes' },
      [HEADER, ...ids.map((id) => row(id))].join('\r\n'),
    );
  const first = await answerOf(await of('00000001'), 201);
  await answerOf(await door.confirm(first.id, { rows: 1 }), 200);
  expect((await of('00000001')).status).toBe(201);
  const other = await of('00000005');
  expect([other.status, await other.json()]).toMatchObject([409, { type: expect.stringMatching(/older-than-published$/) }]);
});
