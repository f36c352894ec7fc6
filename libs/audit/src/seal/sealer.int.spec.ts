import { randomBytes, randomUUID } from 'node:crypto';
import { appendFile, mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { eventually } from '../../../../test/support/eventually.js';
import { freshDatabase } from '../../../../test/support/fresh.js';
import { AuditLog } from '../audit-log.js';
import { WRITER_ROLE } from '../create-audit.migration.js';
import { migrateAudit } from '../migrate-audit.js';
import { rootOf } from '../merkle/proofs.js';
import { openCheckpoint, signCheckpoint } from '../notes/checkpoint.js';
import { SigningKey } from '../notes/signing-key.js';
import { CheckpointPlace, PUSHED_FILE } from './checkpoint-place.js';
import { Sealer, type SealerOptions } from './sealer.js';

const key = new SigningKey('test.example/audit', randomBytes(32));
let url: string;
let folder: string;
let place: CheckpointPlace;
let log: AuditLog;
let owner: Client;
const opened: Sealer[] = [];
beforeEach(async () => {
  url = await freshDatabase('audit');
  await migrateAudit(url);
  folder = await mkdtemp(join(tmpdir(), 'checkpoints-'));
  place = await CheckpointPlace.open(folder);
  log = await AuditLog.open({ url });
  owner = await connected();
});
afterEach(async () => {
  await Promise.all(opened.splice(0).map((sealer) => sealer.close()));
  await log.close();
  await owner.end();
  await rm(folder, { recursive: true });
});

async function connected(role?: string): Promise<Client> {
  const client = new Client({ connectionString: url, ...(role && { options: `-c role=${role}` }) });
  await client.connect();
  return client;
}
async function sealer(o: Partial<SealerOptions> = {}): Promise<Sealer> {
  const one = await Sealer.open({ url, key, place, ...o });
  opened.push(one);
  return one;
}
const record = (count: number) =>
  log.record(
    Array.from({ length: count }, () => ({
      at: Date.now(),
      action: 'viewed-person' as const,
      outcome: 'done' as const,
      requestId: randomUUID(),
    })),
  );
async function leaves(): Promise<{ index: number; seq: number; leaf: Buffer }[]> {
  const { rows } = await owner.query('SELECT index::int, seq::int, leaf FROM audit.sealed ORDER BY index');
  return rows as { index: number; seq: number; leaf: Buffer }[];
}
/** Every leaf at the second place, in hexadecimal. */
const pushedLeaves = async () => {
  const lines = (await readFile(join(folder, PUSHED_FILE), 'utf8')).split('\n').filter((line) => line.includes('leaves'));
  const pushed = lines.map((line) => Buffer.from((JSON.parse(line) as { leaves: string }).leaves, 'base64').toString('hex'));
  return pushed.join('').match(/.{64}/g);
};
const newest = async () => openCheckpoint((await place.newest())!, key.public)!;

describe('Sealing', () => {
  it('gives every entry its index and signs the root over all of them, in the database and at the second place', async () => {
    await record(5);
    const one = await sealer({ batch: 2 });
    await sealsUpTo(one, 5);
    await record(3);
    await sealsUpTo(one, 8);
    expect((await one.turn()).oldestWaiting).toBeNull();
    const stored = await leaves();
    expect(stored.map(({ index }) => index)).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
    expect(await newest()).toMatchObject({ size: 8, root: rootOf(stored.map(({ leaf }) => leaf)) });
    const { rows } = await owner.query('SELECT size::int, note, pushed_at IS NOT NULL AS pushed FROM audit.checkpoint ORDER BY id');
    expect(rows.at(-1)).toEqual({ size: 8, note: await place.newest(), pushed: true });
    expect(rows.every(({ pushed }) => pushed as boolean)).toBe(true);
    expect(await readFile(join(folder, 'checkpoint'), 'utf8')).toBe(await place.newest());
  });

  it('waits for a transaction that is still open: nothing can come before an index already given', async () => {
    const early = await connected(WRITER_ROLE);
    await early.query('BEGIN');
    await early.query(INSERT_ONE);
    await record(2);
    const one = await sealer();
    expect(await one.turn()).toMatchObject({ sealed: 0, size: 0, oldestWaiting: expect.any(Number) });
    await early.query('COMMIT');
    await early.end();
    await sealsUpTo(one, 3);
    const { rows } = await owner.query('SELECT seq::int FROM audit.entry ORDER BY written_by, seq');
    expect((await leaves()).map(({ seq }) => seq)).toEqual(rows.map(({ seq }) => seq as number));
  });

  it('has no hole where a transaction was rolled back', async () => {
    await record(1);
    const given = await connected(WRITER_ROLE);
    await given.query(`BEGIN; ${INSERT_ONE}; ROLLBACK`);
    await given.end();
    await record(1);
    await sealsUpTo(await sealer(), 2);
    expect((await leaves()).map(({ index }) => index)).toEqual([0, 1]);
  });

  it('signs a tree that has not grown again each minute, so that a sealer that has died is seen', async () => {
    let now = Date.now();
    const one = await sealer({ now: () => now });
    await one.turn();
    const first = await place.newest();
    now += 59_000;
    await one.turn();
    expect(await place.newest()).toBe(first);
    now += 1_000;
    await one.turn();
    expect(await place.newest()).not.toBe(first);
    expect((await newest()).signedAt).toBe(Math.floor(now / 1000) * 1000);
  });

  it('is done by one at a time; who has lost the lock writes nothing more', async () => {
    const one = await sealer();
    await expect(sealer()).rejects.toMatchObject({ code: 'sealer-elsewhere', retriable: true });
    await owner.query(
      `SELECT pg_terminate_backend(pid) FROM pg_locks JOIN pg_database ON pg_database.oid = database
       WHERE locktype = 'advisory' AND granted AND datname = current_database()`,
    );
    const other = await sealer();
    await record(1);
    await expect(one.turn()).rejects.toThrow(/terminat|connection|not queryable/i);
    await sealsUpTo(other, 1);
  });

  it('goes on where one that was killed had stopped: after sealing, and after signing but before pushing', async () => {
    await record(4);
    await sealsUpTo(await sealer(), 4);
    await opened.pop()!.close();
    await record(3);
    const failing = await sealer();
    const push = place.push.bind(place);
    place.push = () => Promise.reject(new Error('the machine has failed'));
    await eventually('a turn that seals and fails', async () => {
      await failing.turn().catch((error: Error) => expect(error.message).toBe('the machine has failed'));
      return (await leaves()).length === 7;
    });
    place.push = push;
    await opened.pop()!.close();
    expect(await (await sealer()).turn()).toMatchObject({ sealed: 0, size: 7 });
    expect(await newest()).toMatchObject({ size: 7, root: rootOf((await leaves()).map(({ leaf }) => leaf)) });
    expect(await pushedLeaves()).toEqual((await leaves()).map(({ leaf }) => leaf.toString('hex')));
  });

  it('goes on behind a line that a crash cut off at the second place', async () => {
    await record(2);
    await sealsUpTo(await sealer(), 2);
    await opened.pop()!.close();
    await appendFile(join(folder, PUSHED_FILE), '{"from":2,"leav');
    await record(1);
    await sealsUpTo(await sealer(), 3);
    expect(await newest()).toMatchObject({ size: 3 });
  });

  it('sends every checkpoint to one more place where there is one', async () => {
    const sent: string[] = [];
    await (await sealer({ alsoTo: async (note) => void sent.push(note) })).turn();
    expect(sent).toEqual([await place.newest()]);
  });

  it('seals ten thousand entries in a few statements', async () => {
    await owner.query(`INSERT INTO audit.entry (id, request_id, format, salts, commitments)
      SELECT gen_random_uuid(), 'r', 1, '', sha256(n::text::bytea) FROM generate_series(1, 10000) n`);
    await sealsUpTo(await sealer({ batch: 3_000 }), 10_000);
    await opened.pop()!.close();
    expect(await (await sealer()).turn()).toMatchObject({ sealed: 0, size: 10_000 });
  });
});

describe('A sealer never signs what does not continue the pushed checkpoint', () => {
  beforeEach(async () => {
    await record(6);
    await sealsUpTo(await sealer(), 6);
    await opened.pop()!.close();
    await record(2);
  });
  const size = async () => (await stat(join(folder, PUSHED_FILE))).size;

  it.each([
    ['a leaf that was changed', 'UPDATE audit.sealed SET leaf = sha256(leaf) WHERE index = 3; DELETE FROM audit.checkpoint', 'fork'],
    ['a tail that was cut', 'DELETE FROM audit.sealed WHERE index > 3', 'tail-cut'],
    ['a hole', 'DELETE FROM audit.sealed WHERE index = 2; DELETE FROM audit.checkpoint', 'leaves-missing'],
    ['everything gone', 'TRUNCATE audit.sealed, audit.checkpoint', 'tail-cut'],
    [
      'an edge put in its place by hand',
      `UPDATE audit.sealed SET leaf = sha256(leaf); UPDATE audit.checkpoint SET edge = sha256(edge)`,
      'fork',
    ],
  ])('%s', async (_, statement, code) => {
    await owner.query(statement);
    const before = await size();
    await expect(sealer()).rejects.toMatchObject({ code, retriable: false });
    expect(await size()).toBe(before);
  });

  it.each(['something', 'nothing'])('leaves deleted while it runs and %s waits to be sealed', async (waits) => {
    const one = await sealer();
    if (waits === 'nothing') await sealsUpTo(one, 8);
    await owner.query('DELETE FROM audit.sealed');
    await expect(one.turn()).rejects.toMatchObject({ code: 'tail-cut' });
  });

  it('another database that pushes to the same place, such as a copy restored beside this one', async () => {
    const one = await sealer();
    await sealsUpTo(one, 8);
    const other = await freshDatabase('audit-copy');
    await migrateAudit(other);
    await expect(Sealer.open({ url: other, key, place })).rejects.toMatchObject({ code: 'tail-cut' });
    await place.push({ from: 8, leaves: [randomBytes(32)], note: signCheckpoint({ size: 9, root: randomBytes(32) }, key, Date.now()) });
    await record(1);
    await expect(one.turn()).rejects.toMatchObject({ code: 'tail-cut' });
  });

  it('a place that another key has signed', async () => {
    await expect(sealer({ key: new SigningKey(key.name, randomBytes(32)) })).rejects.toMatchObject({ code: 'not-ours' });
  });

  it('a place that was emptied, unless it is told to push everything again', async () => {
    await rm(join(folder, PUSHED_FILE));
    await expect(sealer()).rejects.toMatchObject({ code: 'pushed-missing' });
    await sealsUpTo(await sealer({ pushAgain: true }), 8);
    const [first] = (await readFile(join(folder, PUSHED_FILE), 'utf8')).split('\n');
    expect(JSON.parse(first!)).toMatchObject({ from: 0 });
  });

  it('entries of another server, restored from a dump', async () => {
    await owner.query(`UPDATE audit.sealed SET written_by = '999999999999' WHERE index = 5`);
    await expect(sealer()).rejects.toMatchObject({ code: 'other-server' });
  });
});

const INSERT_ONE = `INSERT INTO audit.entry (id, request_id, format, salts, commitments) VALUES (gen_random_uuid(), 'r', 1, '', '')`;

/** Other tests of the same server may hold a transaction open for a moment. */
const sealsUpTo = (one: Sealer, size: number) => eventually(`${size} sealed`, async () => (await one.turn()).size === size);
