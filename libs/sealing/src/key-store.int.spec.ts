import { randomBytes } from 'node:crypto';
import { Client } from 'pg';
import { freshDatabase } from '../../../test/support/fresh.js';
import { KeyStoreUnavailableError, KeyWrappingError, SubjectErasedError } from './errors.js';
import { KeyStore, type SourceRecord } from './key-store.js';
import { migrateKeyStore } from './migrate-key-store.js';

const keyEncryptionKey = randomBytes(32);
const lookupSecret = randomBytes(32);
let url: string;
const opened: KeyStore[] = [];
const records = (count: number, prefix = randomBytes(4).toString('hex')) =>
  Array.from({ length: count }, (_, index) => ({ source: 'mosaic', recordId: `${prefix}-${index}` }));

/** Another replica: its own connections and its own cache. */
async function replica(own: { keyEncryptionKey?: Buffer; cacheAge?: number } = {}): Promise<KeyStore> {
  const store = await KeyStore.open({ url, keyEncryptionKey, lookupSecret, ...own });
  opened.push(store);
  return store;
}

beforeAll(async () => {
  url = await freshDatabase('keys');
  await Promise.all([migrateKeyStore(url), migrateKeyStore(url)]);
});
afterAll(async () => {
  await Promise.all(opened.map((store) => store.close()));
});

test('two replicas asked for the same 500 new records at once end with the same tokens and keys', async () => {
  const [one, other] = await Promise.all([replica(), replica()]);
  const wanted = records(500);
  const [ours, theirs] = await Promise.all([one.subjectsFor(wanted), other.subjectsFor(wanted.toReversed())]);
  const named = (keys: typeof ours) => keys.map((key) => [key.subject, key.sealing.export().toString('hex')]);
  expect(named(theirs.toReversed())).toEqual(named(ours));
  expect(new Set(ours.map((key) => key.subject)).size).toBe(500);
  expect(named(await (await replica()).subjectsFor(wanted))).toEqual(named(ours));
});

test('a record has one key however often a batch names it, and each source has its own records', async () => {
  const store = await replica();
  const [first, again, elsewhere] = await store.subjectsFor([
    { source: 'mosaic', recordId: 'twice' },
    { source: 'mosaic', recordId: 'twice' },
    { source: 'synergy', recordId: 'twice' },
  ]);
  expect(again).toBe(first);
  expect(elsewhere?.subject).not.toBe(first?.subject);
});

test('keys are found again by subject token; a token nobody made is missing', async () => {
  const made = await (await replica()).subjectsFor(records(3));
  const nobody = '00000000-0000-4000-8000-000000000000';
  const found = await (await replica()).keysFor([...made.map((key) => key.subject), nobody]);
  for (const key of made) {
    const again = found.get(key.subject);
    expect(typeof again === 'object' && again.sealing.equals(key.sealing)).toBe(true);
  }
  expect(found.get(nobody)).toBe('missing');
});

test('an erased record is told apart from a missing one, and refused until it is reinstated under another token', async () => {
  const store = await replica();
  const wanted = records(3);
  const before = await store.subjectsFor(wanted);
  const gone = before[1]!.subject;
  await store.erase(gone);
  await store.erase(gone);

  expect((await store.keysFor([gone])).get(gone)).toBe('erased');
  expect((await (await replica()).keysFor([gone])).get(gone)).toBe('erased');
  expect(await store.erasedAmong(wanted)).toEqual([1]);
  await expect(store.subjectsFor(wanted)).rejects.toMatchObject({ code: 'subject-erased', retriable: false, indexes: [1] });
  await expect((await replica()).subjectsFor(wanted)).rejects.toBeInstanceOf(SubjectErasedError);

  await store.reinstate(wanted[1]!);
  const after = await store.subjectsFor(wanted);
  expect(after[0]?.subject).toBe(before[0]?.subject);
  expect(after[1]?.subject).not.toBe(gone);
  expect((await store.keysFor([gone])).get(gone)).toBe('erased');
});

test('a key made at the moment of an erasure can be erased too', async () => {
  const store = await replica();
  const [wanted] = records(1);
  const [first] = await store.subjectsFor([wanted!]);
  const client = new Client({ connectionString: url });
  await client.connect();
  const { rows } = await client.query<{ lookup: Buffer; wrapped: Buffer }>('select lookup, wrapped from data_key where subject = $1', [
    first!.subject,
  ]);
  await store.erase(first!.subject);
  const raced = '00000000-0000-4000-8000-0000000000aa';
  await client.query('insert into data_key (subject, lookup, wrapped, made_at) values ($1, $2, $3, now())', [
    raced,
    rows[0]!.lookup,
    rows[0]!.wrapped,
  ]);
  await client.end();
  await store.erase(raced);
  expect((await store.keysFor([raced])).get(raced)).toBe('erased');
  await expect(store.subjectsFor([wanted!])).rejects.toBeInstanceOf(SubjectErasedError);
});

describe('Of a record whose key is gone already', () => {
  /** As a key store restored from an old copy lacks it. */
  async function lost(): Promise<{ record: SourceRecord; subject: string }> {
    const [record] = records(1);
    const [key] = await (await replica()).subjectsFor([record!]);
    await inDatabase('delete from data_key where subject = $1', key!.subject);
    return { record: record!, subject: key!.subject };
  }
  async function inDatabase(statement: string, subject: string): Promise<void> {
    const client = new Client({ connectionString: url });
    await client.connect();
    await client.query(statement, [subject]);
    await client.end();
  }

  test('erasing leaves a tombstone, however often it is erased; sent again, the record comes under a new key, which stays', async () => {
    const { record, subject } = await lost();
    const store = await replica();
    expect(await store.goneAmong([subject])).toEqual([subject]);
    await store.erase(subject);
    const [again] = await store.subjectsFor([record]);
    await store.erase(subject);
    const keys = await (await replica()).keysFor([subject, again!.subject]);
    expect([keys.get(subject), typeof keys.get(again!.subject)]).toEqual(['erased', 'object']);
    expect(await store.goneAmong([subject, again!.subject])).toEqual([]);
  });

  test('a key that can not be unwrapped is not gone', async () => {
    const store = await replica();
    const [key] = await store.subjectsFor(records(1));
    await inDatabase(`update data_key set wrapped = substr(wrapped, 2) where subject = $1`, key!.subject);
    expect(await store.goneAmong([key!.subject])).toEqual([]);
    expect((await (await replica()).keysFor([key!.subject])).get(key!.subject)).toBe('missing');
  });
});

test('a replica notices within the age of its cache that another erased a key', async () => {
  const [eraser, reader] = await Promise.all([replica(), replica({ cacheAge: -1 })]);
  const [key] = await reader.subjectsFor(records(1));
  await eraser.erase(key!.subject);
  expect((await reader.keysFor([key!.subject])).get(key!.subject)).toBe('erased');
});

test('another key-encryption key is noticed at start, and a damaged key counts as missing', async () => {
  const [key] = await (await replica()).subjectsFor(records(1));
  await expect(replica({ keyEncryptionKey: randomBytes(32) })).rejects.toBeInstanceOf(KeyWrappingError);
  const client = new Client({ connectionString: url });
  await client.connect();
  const reader = await replica();
  await client.query('update data_key set wrapped = set_byte(wrapped, 20, get_byte(wrapped, 20) # 1) where subject = $1', [key!.subject]);
  await client.end();
  expect((await reader.keysFor([key!.subject])).get(key!.subject)).toBe('missing');
});

test('the key store holds neither a case number nor a key in clear', async () => {
  const [key] = await (await replica()).subjectsFor([{ source: 'mosaic', recordId: 'CASE-4711' }]);
  const client = new Client({ connectionString: url });
  await client.connect();
  const { rows } = await client.query<{ row: string }>('select data_key::text as row from data_key where subject = $1', [key!.subject]);
  await client.end();
  expect(rows).toHaveLength(1);
  expect(rows[0]!.row).not.toContain('4711');
  expect(rows[0]!.row).not.toContain(Buffer.from('CASE-4711').toString('hex'));
  expect(rows[0]!.row).not.toContain(key!.sealing.export().toString('hex'));
});

test('a key store that can not be reached is an outage to wait out, not a missing key', async () => {
  const nowhere = Object.assign(new URL(url), { port: '1' }).href;
  await expect(KeyStore.open({ url: nowhere, keyEncryptionKey, lookupSecret })).rejects.toBeInstanceOf(KeyStoreUnavailableError);
  const store = await KeyStore.open({ url, keyEncryptionKey, lookupSecret });
  await store.close();
  await expect(store.keysFor(['00000000-0000-4000-8000-000000000001'])).rejects.toMatchObject({ retriable: true });
});
