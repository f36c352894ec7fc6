import { randomBytes } from 'node:crypto';
import { mkdtemp, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import fc from 'fast-check';
import { DatabaseError } from 'pg';
import { type PreparedEntry, prepareEntry } from '../prepare-entries.js';
import { drainSpool } from './drain-spool.js';
import { Spool } from './spool.js';
import { entriesOf, readSegment, recordOf } from './spool-record.js';

const key = randomBytes(32);
const entry = (requestId: string): PreparedEntry =>
  prepareEntry(
    { at: 1, action: 'searched', outcome: 'done', requestId, reader: 'amara.okafor', reason: 'Żółkowska' },
    undefined,
    new Map(),
  );
const recordNamed = (...names: string[]) => recordOf(names.map(entry), key);
const namesIn = (bodies: readonly Buffer[]) =>
  bodies.flatMap((body) => entriesOf(body, key).map(({ fields }) => fields.requestId as string));

let folder: string;
const opened: Spool[] = [];
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'spool-'));
});
afterEach(async () => {
  for (const spool of opened.splice(0)) await spool.close();
  await rm(folder, { recursive: true, force: true });
});

async function openSpool(o: Parameters<typeof Spool.open>[0]): Promise<Spool> {
  const spool = await Spool.open(o);
  opened.push(spool);
  return spool;
}
/** A database that keeps what it is given, by id. */
function kept() {
  const rows = new Map<unknown, string>();
  const insert = async (entries: readonly PreparedEntry[]) => {
    for (const { fields } of entries) rows.set(fields.id, fields.requestId as string);
  };
  return { insert, names: () => [...rows.values()].sort() };
}

describe('A spooled record', () => {
  it('says nothing to whoever has no key', () => {
    const record = recordNamed('a request');
    for (const word of ['amara', 'Żółkowska', 'a request', 'searched']) expect(record.includes(Buffer.from(word))).toBe(false);
    expect(() => entriesOf(record.subarray(8), randomBytes(32))).toThrow(/authenticate/);
    expect(namesIn(readSegment(record).bodies)).toEqual(['a request']);
  });

  it('cut off anywhere loses itself alone, and is told', () => {
    const records = [recordNamed('one'), recordNamed('two', 'three'), recordNamed('four')];
    const whole = Buffer.concat(records);
    const ends = records.map((_, at) => Buffer.concat(records.slice(0, at + 1)).length);
    fc.assert(
      fc.property(fc.integer({ min: 0, max: whole.length }), fc.boolean(), (length, zeros) => {
        const cut = Buffer.concat([whole.subarray(0, length), Buffer.alloc(zeros ? 100 : 0)]);
        const { bodies, torn, damaged } = readSegment(cut);
        const complete = ends.filter((end) => end <= length).length;
        expect(bodies.length).toBe(complete);
        expect([torn, damaged]).toEqual([cut.length - (ends[complete - 1] ?? 0), 0]);
      }),
    );
  });
});

describe('The spool', () => {
  it('keeps what it has acknowledged, for its owner’s eyes alone', async () => {
    const spool = await openSpool({ folder: join(folder, 'of/this/replica') });
    await Promise.all(Array.from({ length: 200 }, (_, at) => spool.append(recordNamed(String(at)))));
    const [name, ...others] = await readdir(join(folder, 'of/this/replica'));
    const file = join(folder, 'of/this/replica', name!);
    expect(others).toEqual([]);
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    expect((await stat(join(folder, 'of/this/replica'))).mode & 0o777).toBe(0o700);
    expect(namesIn(readSegment(await readFile(file)).bodies).length).toBe(200);
    expect(spool.state).toMatchObject({ records: 200, bytes: (await stat(file)).size, oldestAt: expect.any(Number) });
    await spool.close();
    expect((await openSpool({ folder: join(folder, 'of/this/replica') })).state).toMatchObject({ records: 200 });
  });

  it('never appends to a file of an earlier life: what was cut off stays at the end', async () => {
    const first = await openSpool({ folder });
    await first.append(recordNamed('before'));
    const [name] = await readdir(folder);
    await writeFile(join(folder, name!), recordNamed('cut off').subarray(0, 20), { flag: 'a' });
    const second = await openSpool({ folder });
    await second.append(recordNamed('after'));
    const database = kept();
    expect(await drainSpool({ spool: second, key, insert: database.insert })).toMatchObject({ records: 2, torn: 1, damaged: 0 });
    expect(database.names()).toEqual(['after', 'before']);
    expect((await readdir(folder)).map((file) => file.split('.')[1])).toEqual(['torn']);
    expect(second.state).toEqual({ records: 0, bytes: 0, oldestAt: null, setAside: { torn: 1, damaged: 0, refused: 0 } });
  });

  it('is drained from the oldest file on, whoever began it', async () => {
    const at = (ms: number, ending: string) => `${String(ms).padStart(15, '0')}-${ms}.${ending}`;
    const names = [at(300, 'spool'), at(1, 'draining'), at(20, 'spool'), at(1000, 'spool')];
    for (const name of names) await writeFile(join(folder, name), recordNamed(name));
    const spool = await openSpool({ folder });
    expect(spool.state).toMatchObject({ records: 4, oldestAt: 1 });
    const drained: unknown[] = [];
    await drainSpool({ spool, key, insert: async (entries) => void drained.push(...entries.map(({ fields }) => fields.requestId)) });
    expect(drained).toEqual([names[1], names[2], names[0], names[3]]);
  });

  it('drains all but the one record that the database will never have, and keeps that beside', async () => {
    const spool = await openSpool({ folder });
    for (const name of ['one', 'never', 'three', 'four']) await spool.append(recordNamed(name));
    const database = kept();
    const insert = async (entries: readonly PreparedEntry[]) => {
      const refused = Object.assign(new DatabaseError('no such thing', 13, 'error'), { code: '22P05' });
      if (entries.some(({ fields }) => fields.requestId === 'never')) throw refused;
      await database.insert(entries);
    };
    expect(await drainSpool({ spool, key, insert })).toMatchObject({ records: 4, refused: 1, torn: 0, damaged: 0 });
    expect(database.names()).toEqual(['four', 'one', 'three']);
    const [aside, ...others] = await readdir(folder);
    expect(others).toEqual([]);
    expect(namesIn(readSegment(await readFile(join(folder, aside!))).bodies)).toEqual(['never']);
    expect(spool.state).toMatchObject({ records: 0, setAside: { torn: 0, damaged: 0, refused: 1 } });
  });

  it('keeps a damaged file beside, drains what can be read of it, and says so', async () => {
    const spool = await openSpool({ folder });
    for (const name of ['one', 'two', 'three']) await spool.append(recordNamed(name));
    const [file] = await readdir(folder);
    const bytes = await readFile(join(folder, file!));
    bytes[recordNamed('one').length + 30]! ^= 1;
    await writeFile(join(folder, file!), bytes);
    const database = kept();
    expect(await drainSpool({ spool, key, insert: database.insert })).toMatchObject({ records: 2, damaged: 1, torn: 0 });
    expect(database.names()).toEqual(['one', 'three']);
    expect(spool.state.setAside).toEqual({ torn: 0, damaged: 1, refused: 0 });
  });

  it('acknowledges nothing when its folder is gone, is no folder any more, or is full', async () => {
    const spool = await openSpool({ folder: join(folder, 'spool') });
    await spool.append(recordNamed('one'));
    await rename(join(folder, 'spool'), join(folder, 'elsewhere'));
    await expect(spool.append(recordNamed('two'))).rejects.toThrow('ENOENT');
    await writeFile(join(folder, 'spool'), '');
    await expect(spool.append(recordNamed('two'))).rejects.toThrow('ENOTDIR');
    await expect(spool.look()).rejects.toThrow('ENOTDIR');
    await rm(join(folder, 'spool'));
    const full = await openSpool({ folder: join(folder, 'full'), mostBytes: 2_000 });
    await full.append(recordNamed('one'));
    await expect(full.append(recordNamed('two'))).rejects.toThrow('2000 bytes at most');
    await drainSpool({ spool: full, key, insert: kept().insert });
    await full.append(recordNamed('two'));
  });

  it('begins a file again that was not drained to its end, and counts nobody twice', async () => {
    const spool = await openSpool({ folder });
    for (let at = 0; at < 1_200; at += 100)
      await Promise.all(Array.from({ length: 100 }, (_, more) => spool.append(recordNamed(String(at + more)))));
    const database = kept();
    let inserts = 0;
    const failing = async (entries: readonly PreparedEntry[]) => {
      inserts += 1;
      if (inserts === 2) throw new Error('killed');
      await database.insert(entries);
    };
    await expect(drainSpool({ spool, key, insert: failing })).rejects.toThrow('killed');
    expect(database.names().length).toBe(500);
    const next = await openSpool({ folder });
    expect(next.state.records).toBe(1_200);
    await drainSpool({ spool: next, key, insert: database.insert });
    expect(database.names().length).toBe(1_200);
    expect(await readdir(folder)).toEqual([]);
  });

  it('loses nothing when one process drains a folder into which another writes', async () => {
    const writer = await openSpool({ folder });
    const drainer = await openSpool({ folder });
    const database = kept();
    const acknowledged: string[] = [];
    const writers = { writing: true };
    const drains = (async () => {
      while (writers.writing) {
        await drainSpool({ spool: drainer, key, insert: database.insert });
        await pause(2);
      }
    })();
    for (let at = 0; at < 600; at += 3) {
      const names = [0, 1, 2].map((more) => String(at + more));
      await Promise.all(
        names.map(async (name) => {
          await writer.append(recordNamed(name));
          acknowledged.push(name);
        }),
      );
    }
    writers.writing = false;
    await drains;
    await drainSpool({ spool: drainer, key, insert: database.insert });
    expect([...new Set(database.names())]).toEqual(acknowledged.sort());
    expect(acknowledged.length).toBe(600);
  });
});
