import { openWithIngest } from '../../../../test/support/stored-files.js';
import { FileDoor } from '../../../../test/support/post-file.js';
import { textOf } from '../../../../test/support/pages.js';
import type { QueryApp } from '../../../../test/support/query-app.js';

let app: QueryApp;
let stop: () => Promise<void>;
let door: FileDoor;
beforeAll(async () => {
  const opened = await openWithIngest();
  ({ app, stop } = opened);
  door = new FileDoor(opened.ingest, 'cis');
});
afterAll(() => stop?.());

const HEADER =
  'CIS No,Surname,Forenames,Previous surname,DOB,Sex,Address,Postcode,Address withheld,NHS No,Telephone,Date of death,Restricted access';
const row = (id: string) => `${id},Baker,June,,15/06/1943,F,,,,,,,`;
const post = async (path: string, fields: Record<string, string>) =>
  app.send(path, { method: 'POST', headers: await app.as('nora.finch'), body: new URLSearchParams(fields) });

it('A file whose IDs have too few digits is published only once somebody has said that zeros are missing in front of them', async () => {
  const form = textOf((await app.getUnasked('/sources/cis/files/new', 'nora.finch')).text);
  expect(form).toMatch(/CIS No Expected an ID of 8 digits; one of fewer is read with zeros in front of it/);
  expect(form).toContain('What was published over HTTP or Kafka stays as it is.');
  const { id } = await door.send('clients', '2026-11-20T01:00:00Z', [HEADER, row('1900'), row('00000001')], 'changes');
  const file = `/sources/cis/files/${id}`;
  const page = textOf((await app.getUnasked(file, 'nora.finch')).text);
  expect(page).toContain('CIS No: 1 ID with fewer than 8 digits, read with zeros in front');
  const unconfirmed = await post(`${file}/confirmation`, { confirmed: '2' });
  expect([unconfirmed.status, textOf(unconfirmed.text)]).toEqual([
    400,
    expect.stringContaining('Confirm that zeros are missing in front of these IDs, or correct the file'),
  ]);
  expect((await post(`${file}/confirmation`, { confirmed: '2', ids: 'yes' })).status).toBe(303);
});
