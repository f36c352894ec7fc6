/** Whoever owns the database changes the log; the watch finds it by itself, and takes no lawful act for a change. */
import { randomBytes, randomUUID } from 'node:crypto';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { eventually } from '../../../../test/support/eventually.js';
import { freshDatabase } from '../../../../test/support/fresh.js';
import { AuditLog } from '../audit-log.js';
import { CompactRange } from '../merkle/compact-range.js';
import { migrateAudit } from '../migrate-audit.js';
import { SigningKey } from '../notes/signing-key.js';
import { AuditReader } from '../read/audit-reader.js';
import { redactEntry } from '../redact-entry.js';
import { CheckpointPlace, PUSHED_FILE } from '../seal/checkpoint-place.js';
import { Sealer } from '../seal/sealer.js';
import { REDACT_VERB } from '../verify/redactions.js';
import { acknowledgeFound, readFound, waiting } from './found-mismatches.js';
import { copyFoundFrom, readLogState } from './log-state.js';
import { LogWatch } from './log-watch.js';

const ENTRIES = 12;
const EVERY = 300_000;
const key = new SigningKey('test.example/audit', randomBytes(32));
let url: string;
let folder: string;
let log: AuditLog;
let owner: Client;
let now: number;
const opened: LogWatch[] = [];
beforeEach(async () => {
  url = await freshDatabase('audit');
  await migrateAudit(url);
  folder = await mkdtemp(join(tmpdir(), 'checkpoints-'));
  log = await AuditLog.open({ url });
  owner = new Client({ connectionString: url });
  await owner.connect();
  now = Date.now();
  for (let at = 0; at < ENTRIES; at += 1) await record({ reader: `reader.${at}` });
  await seal(ENTRIES);
});
afterEach(async () => {
  for (const one of opened.splice(0)) await one.close();
  await log.close();
  await owner.end();
  await rm(folder, { recursive: true });
});

const record = (more: object) =>
  log.record([{ at: Date.now(), action: 'viewed-person', outcome: 'done', requestId: randomUUID(), ...more }]);
async function seal(size: number): Promise<void> {
  const sealer = await Sealer.open({ url, key, place: await CheckpointPlace.open(folder) });
  await eventually(`${size} sealed`, async () => (await sealer.turn()).size >= size);
  await sealer.close();
}
async function watch(): Promise<LogWatch> {
  const one = await LogWatch.open({ url, key: key.public, folder, every: EVERY, now: () => now });
  opened.push(one!);
  return one!;
}
/** Turns until both checks that are due now have ended. @returns entries compared, and what was found that was not known */
async function checkedBy(one: LogWatch): Promise<{ checked: number; told: string[] }> {
  const told: string[] = [];
  for (let checked = 0; ;) {
    const turn = await one.turn();
    told.push(...turn.fresh.map(({ index, kind }) => `${index} ${kind}`));
    checked += turn.checked;
    if (turn.newestAt === now && turn.wholeAt === now) return { checked, told };
  }
}
const state = async () => {
  const reader = new AuditReader({ url });
  try {
    return await reader.read(readLogState);
  } finally {
    await reader.close();
  }
};

it('finds a log that nobody touched to be what was sealed, and says since when and how much', async () => {
  expect(await checkedBy(await watch())).toEqual({ checked: 2 * ENTRIES, told: [] });
  expect(await state()).toEqual({ newestAt: now, wholeAt: now, wholeEntries: ENTRIES, waiting: [], acknowledged: [] });
});

it.each<[string, string, string]>([
  ['edits a field', `UPDATE audit.entry SET reader = 'somebody.else' WHERE reader = 'reader.7'`, '7 edit'],
  ['deletes an entry', `DELETE FROM audit.entry WHERE reader = 'reader.4'`, '4 deletion'],
  [
    'deletes one and makes the rest fit',
    `DELETE FROM audit.sealed WHERE index = 4; DELETE FROM audit.entry WHERE reader = 'reader.4';
     UPDATE audit.sealed SET index = index + 100 WHERE index > 4; UPDATE audit.sealed SET index = index - 101 WHERE index > 100;
     DELETE FROM audit.checkpoint`,
    '4 swap',
  ],
  [
    'inserts one between others',
    `INSERT INTO audit.entry (id, written_by, format, salts, commitments)
     SELECT gen_random_uuid(), written_by, 1, '', '' FROM audit.entry WHERE reader = 'reader.2'`,
    '3 insertion',
  ],
  [
    'lets two change places',
    `UPDATE audit.sealed SET seq = -seq WHERE index IN (3, 8);
     UPDATE audit.sealed s SET seq = o.seq, written_by = o.written_by, leaf = o.leaf
     FROM (SELECT index, -seq AS seq, written_by, leaf FROM audit.sealed WHERE index IN (3, 8)) o WHERE s.index IN (3, 8) AND s.index <> o.index`,
    '3 swap',
  ],
  [
    'writes an entry anew so that all about it fits',
    `UPDATE audit.entry e SET (reader, salts, commitments) = (o.reader, o.salts, o.commitments)
     FROM audit.entry o WHERE e.reader = 'reader.5' AND o.reader = 'reader.6'`,
    '5 swap',
  ],
  ['moves an entry in the order of writing', `UPDATE audit.entry SET written_by = '3' WHERE reader = 'reader.7'`, '7 swap'],
  [
    'moves one, and what was sealed of its place with it',
    `UPDATE audit.entry SET written_by = '3' WHERE reader = 'reader.7'; UPDATE audit.sealed SET written_by = '3' WHERE index = 7`,
    '7 swap',
  ],
  ['changes a leaf', 'UPDATE audit.sealed SET leaf = sha256(leaf) WHERE index = 6', '6 edit'],
  ['cuts the tail', 'DELETE FROM audit.sealed WHERE index > 8; DELETE FROM audit.checkpoint', '9 deletion'],
  [
    'takes a field out and puts nothing on record',
    `UPDATE audit.entry SET reader = NULL, redacted = '{reader}',
       salts = overlay(salts PLACING '\\x00000000000000000000000000000000' FROM 65) WHERE reader = 'reader.2'`,
    '2 redacted-unrecorded',
  ],
])('finds by itself that somebody %s', async (_, statement, first) => {
  const one = await watch();
  await checkedBy(one);
  await owner.query(statement);
  now += EVERY;
  const { told } = await checkedBy(one);
  expect(told[0]).toBe(first);
  const { waiting: open } = await state();
  expect(`${open[0]!.index} ${open[0]!.kind}`).toBe(first);
  expect(JSON.stringify(open)).not.toMatch(/somebody|reader\.\d/);
  now += EVERY;
  expect((await checkedBy(one)).told).toEqual([]);
});

it('finds it in the whole log too, when it is older than an hour', async () => {
  const one = await watch();
  now += 2 * 3_600_000;
  await seal(ENTRIES);
  await owner.query(`UPDATE audit.entry SET reader = NULL WHERE reader = 'reader.1'`);
  expect(await checkedBy(one)).toMatchObject({ told: ['1 edit'] });
});

it('takes no lawful redaction for a change', async () => {
  const { rows } = await owner.query<{ id: string }>(`SELECT id FROM audit.entry WHERE reader = 'reader.3'`);
  const fields = ['reader', 'reason'] as const;
  await record({ action: 'operated', reason: 'order of the court', shown: { verb: REDACT_VERB, entry: rows[0]!.id, fields } });
  await redactEntry(url, { id: rows[0]!.id, fields });
  expect((await checkedBy(await watch())).told).toEqual([]);
});

it('takes what must stay of every entry for changed where it is gone, whatever a record says of it', async () => {
  const { rows } = await owner.query<{ id: string }>(`SELECT id FROM audit.entry WHERE reader = 'reader.3'`);
  await record({ action: 'operated', reason: 'order', shown: { verb: REDACT_VERB, entry: rows[0]!.id, fields: ['outcome'] } });
  await owner.query(
    `UPDATE audit.entry SET outcome = NULL, redacted = '{outcome}',
       salts = overlay(salts PLACING '\\x00000000000000000000000000000000' FROM 49) WHERE reader = 'reader.3'`,
  );
  expect((await checkedBy(await watch())).told).toEqual(['3 edit']);
});

it('goes on where it was when it is started again, and leaves out nothing', async () => {
  const one = await watch();
  await one.turn();
  await checkedBy(one);
  await opened.pop()!.close();
  now += EVERY;
  const kept = JSON.parse(await readFile(join(folder, 'watch.json'), 'utf8')) as object;
  const { rows } = await owner.query<{ leaf: Buffer }>('SELECT leaf FROM audit.sealed WHERE index < 5 ORDER BY index');
  const range = CompactRange.empty();
  for (const { leaf } of rows) range.append(leaf);
  const round = { begunAt: now, to: { offset: 0, size: 5, edge: range.edge.toString('base64') } };
  await writeFile(join(folder, 'watch.json'), JSON.stringify({ ...kept, round }));
  await owner.query(`UPDATE audit.entry SET outcome = 'denied' WHERE reader = 'reader.11'`);
  const again = await watch();
  expect(await checkedBy(again)).toEqual({ checked: ENTRIES + ENTRIES - 5, told: ['11 edit'] });
  expect(await state()).toMatchObject({ wholeEntries: ENTRIES });
});

it('finds that what was pushed was changed together with the log', async () => {
  const file = join(folder, PUSHED_FILE);
  const lines = (await readFile(file, 'utf8')).split('\n');
  const at = lines.findIndex((line) => line.includes('leaves'));
  const line = JSON.parse(lines[at]!) as { from: number; leaves: string };
  const forged = Buffer.from(line.leaves, 'base64');
  randomBytes(32).copy(forged, 0);
  await writeFile(file, lines.with(at, JSON.stringify({ ...line, leaves: forged.toString('base64') })).join('\n'));
  const { told } = await checkedBy(await watch());
  expect(told).toEqual(expect.arrayContaining(['0 edit', '0 fork']));
});

it('is told until it is acknowledged, whatever is done to the copy in the database; something else at the same place is new', async () => {
  const one = await watch();
  await owner.query(`UPDATE audit.entry SET reader = 'somebody.else' WHERE reader = 'reader.7'`);
  await checkedBy(one);
  await owner.query('DELETE FROM audit.mismatch');
  now += EVERY;
  expect((await checkedBy(one)).told).toEqual([]);
  expect((await state()).waiting).toMatchObject([{ index: 7 }]);
  await owner.query(`UPDATE audit.mismatch SET acknowledged_at = 1, acknowledged_by = 'me', words = 'all is well'`);
  now += EVERY;
  await checkedBy(one);
  expect((await state()).waiting).toMatchObject([{ index: 7 }]);

  const ids = waiting(await readFound(folder)).map(({ id }) => id);
  await acknowledgeFound(folder, ids, { at: now, by: 'ola', words: 'incident 12' });
  await copyFoundFrom(folder, url);
  now += EVERY;
  expect((await checkedBy(one)).told).toEqual([]);
  expect(await state()).toMatchObject({ waiting: [], acknowledged: [{ index: 7, acknowledged: { by: 'ola', words: 'incident 12' } }] });
  await owner.query(`UPDATE audit.entry SET reader = 'yet.another' WHERE reader = 'somebody.else'`);
  now += EVERY;
  expect((await checkedBy(one)).told).toEqual(['7 edit']);
});

it('is done by one at a time', async () => {
  await watch();
  expect(await LogWatch.open({ url, key: key.public, folder, every: EVERY })).toBeNull();
});
