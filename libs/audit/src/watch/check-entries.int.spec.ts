/** The log is checked part by part: what was done where two parts meet is found, and by one of them alone. */
import { randomBytes, randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { eventually } from '../../../../test/support/eventually.js';
import { freshDatabase } from '../../../../test/support/fresh.js';
import { AuditLog } from '../audit-log.js';
import { migrateAudit } from '../migrate-audit.js';
import { SigningKey } from '../notes/signing-key.js';
import { CheckpointPlace } from '../seal/checkpoint-place.js';
import { Sealer } from '../seal/sealer.js';
import { checkEntries } from './check-entries.js';

const [ENTRIES, SEAM] = [10, 5];
let owner: Client;
let leaves: Buffer[];
beforeEach(async () => {
  const url = await freshDatabase('audit');
  await migrateAudit(url);
  const log = await AuditLog.open({ url });
  for (let at = 0; at < ENTRIES; at += 1)
    await log.record([{ at: 1, action: 'viewed-person', outcome: 'done', requestId: randomUUID(), reader: `reader.${at}` }]);
  await log.close();
  const folder = await mkdtemp(join(tmpdir(), 'checkpoints-'));
  const key = new SigningKey('test.example/audit', randomBytes(32));
  const sealer = await Sealer.open({ url, key, place: await CheckpointPlace.open(folder) });
  await eventually('all being sealed', async () => (await sealer.turn()).size >= ENTRIES);
  await sealer.close();
  await rm(folder, { recursive: true });
  owner = new Client({ connectionString: url });
  await owner.connect();
  const { rows } = await owner.query<{ leaf: Buffer }>('SELECT leaf FROM audit.sealed ORDER BY index');
  leaves = rows.map(({ leaf }) => leaf);
});
afterEach(() => owner.end());

/** What each of the two parts finds. */
async function found(): Promise<string[][]> {
  const parts = [
    { from: 0, leaves: leaves.slice(0, SEAM) },
    { from: SEAM, leaves: leaves.slice(SEAM) },
  ];
  const all = [];
  for (const part of parts) all.push((await checkEntries(owner, part)).map(({ index, kind }) => `${index} ${kind}`));
  return all;
}
const putInBehind = (index: number) =>
  owner.query(
    `INSERT INTO audit.entry (id, written_by, format, salts, commitments)
     SELECT gen_random_uuid(), written_by, 1, '', '' FROM audit.sealed WHERE index = $1`,
    [index],
  );
const movedToTheBeginning = (index: number) =>
  owner.query(
    `WITH moved AS (UPDATE audit.sealed SET written_by = '3' WHERE index = ${index} RETURNING seq)
     UPDATE audit.entry SET written_by = '3' WHERE seq IN (SELECT seq FROM moved)`,
  );

it('an entry that was put in where two parts meet is found by the second', async () => {
  await putInBehind(SEAM - 1);
  expect(await found()).toEqual([[], [`${SEAM} insertion`]]);
});

it('one that was put in within the first part is not found again by the second', async () => {
  await putInBehind(2);
  expect(await found()).toEqual([['3 insertion'], []]);
});

it('the first entry of a part that was moved before the last of the part before it is found', async () => {
  await movedToTheBeginning(SEAM);
  expect(await found()).toEqual([[], expect.arrayContaining([`${SEAM} swap`])]);
});
