/** Whatever of a spooled file is damaged, what is sound behind it is found, and damage is never called a crash’s torn end. */
import { randomBytes } from 'node:crypto';
import { mkdtemp, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { type PreparedEntry, prepareEntry } from '../prepare-entries.js';
import { drainSpool } from './drain-spool.js';
import { Spool } from './spool.js';
import { entriesOf, readSegment, recordOf } from './spool-record.js';

const key = randomBytes(32);
const recordNamed = (requestId: string): Buffer =>
  recordOf([prepareEntry({ at: 1, action: 'searched', outcome: 'done', requestId }, undefined, new Map())], key);
const nameIn = (body: Buffer) => entriesOf(body, key)[0]!.fields.requestId as string;
function namesOf(bodies: readonly Buffer[]): string[] {
  return bodies.flatMap((body) => {
    try {
      return [nameIn(body)];
    } catch {
      return [];
    }
  });
}

const NAMES = ['one', 'two', 'three', 'four'];
const records = NAMES.map(recordNamed);
const whole = Buffer.concat(records);
const startOf = (record: number) => Buffer.concat(records.slice(0, record)).length;
const recordAt = (byte: number) => NAMES.findIndex((_, at) => byte < startOf(at + 1));
const someByte = fc.tuple(fc.integer({ min: 0, max: whole.length - 1 }), fc.integer({ min: 1, max: 255 }));
/** A byte of a record’s head: its length or its checksum. */
const byteOfAHead = fc
  .tuple(fc.nat(NAMES.length - 1), fc.nat(7), fc.integer({ min: 1, max: 255 }))
  .map(([record, at, change]): [number, number] => [startOf(record) + at, change]);

function damagedAt(changes: readonly (readonly [number, number])[]): Buffer {
  const bytes = Buffer.from(whole);
  for (const [at, change] of changes) bytes[at]! ^= change;
  return bytes;
}
const untouched = (changes: readonly (readonly [number, number])[]) =>
  NAMES.filter((_, record) => !changes.some(([at]) => recordAt(at) === record));

describe('Of a spooled file', () => {
  it('with any one byte changed every other record is found, and it is called damaged, never torn', () => {
    fc.assert(
      fc.property(fc.oneof(someByte, byteOfAHead), (change) => {
        const { bodies, torn, damaged } = readSegment(damagedAt([change]));
        expect(namesOf(bodies)).toEqual(expect.arrayContaining(untouched([change])));
        expect(torn).toBe(0);
        expect(damaged).toBeGreaterThan(0);
      }),
      { numRuns: 1_000 },
    );
  });

  it('with several bytes changed and its end cut off every record that is whole is found, and nothing is lost silently', () => {
    const changes = fc.array(fc.oneof(someByte, byteOfAHead), { minLength: 1, maxLength: 6 });
    fc.assert(
      fc.property(changes, fc.integer({ min: 0, max: whole.length }), fc.boolean(), (changed, length, zeros) => {
        const cut = Buffer.concat([damagedAt(changed).subarray(0, length), Buffer.alloc(zeros ? 100 : 0)]);
        const { bodies, torn, damaged } = readSegment(cut);
        const sound = untouched(changed).filter((name) => startOf(NAMES.indexOf(name) + 1) <= length);
        expect(namesOf(bodies)).toEqual(expect.arrayContaining(sound));
        const whole = bodies.reduce((sum, body) => sum + body.length + 8, 0);
        expect(whole + torn + damaged).toBeGreaterThanOrEqual(cut.length);
      }),
      { numRuns: 1_000 },
    );
  });

  it('a record whose length alone is wrong is drained for all that, in the middle and at the end', () => {
    for (const record of [1, 3]) expect(namesOf(readSegment(damagedAt([[startOf(record) + 2, 0x10]])).bodies)).toEqual(NAMES);
  });

  it('what is longer than what was looked through for records is not called torn', () => {
    const long = recordOf(
      [prepareEntry({ at: 1, action: 'searched', outcome: 'done', requestId: 'x'.repeat(2 ** 21) }, undefined, new Map())],
      key,
    );
    const both = Buffer.concat([recordNamed('one'), long]);
    both[1]! ^= 0x80;
    both[9]! ^= 1;
    expect(readSegment(both)).toEqual({ bodies: [], torn: 0, damaged: both.length });
  });

  it('nothing but noise is read to its end, soon', () => {
    const noise = randomBytes(16 * 1024 * 1024);
    const from = Date.now();
    expect(readSegment(noise)).toEqual({ bodies: [], torn: 0, damaged: noise.length });
    expect(Date.now() - from).toBeLessThan(15_000);
  });
});

describe('A spool with a damaged file', () => {
  let folder: string;
  beforeEach(async () => void (folder = await mkdtemp(join(tmpdir(), 'spool-'))));
  afterEach(() => rm(folder, { recursive: true, force: true }));

  const drain = async (names: string[]) => {
    const spool = await Spool.open({ folder });
    const insert = async (entries: readonly PreparedEntry[]) => void names.push(...entries.map(({ fields }) => fields.requestId as string));
    return { drained: await drainSpool({ spool, key, insert }), setAside: spool.state.setAside };
  };

  it('drains what is sound in it, keeps it whole beside, and says that it is damaged', async () => {
    const bytes = damagedAt([
      [startOf(1) + 2, 0x10],
      [startOf(1) + 30, 1],
    ]);
    await writeFile(join(folder, '000000000000001-a.spool'), bytes);
    const names: string[] = [];
    const { drained, setAside } = await drain(names);
    expect(drained).toEqual({ records: 3, entries: 3, torn: 0, damaged: 1, refused: 0 });
    expect(names).toEqual(['one', 'three', 'four']);
    expect(setAside).toEqual({ torn: 0, damaged: 1, refused: 0 });
    expect(await readFile(join(folder, '000000000000001-a.damaged'))).toEqual(bytes);
  });

  it('finds what is sound in an end that was called torn before, once that is given back', async () => {
    await writeFile(join(folder, '000000000000001-a.torn'), damagedAt([[2, 0x10]]));
    await rename(join(folder, '000000000000001-a.torn'), join(folder, '000000000000001-a.spool'));
    const names: string[] = [];
    await drain(names);
    expect(names).toEqual(NAMES);
    expect(await readdir(folder)).toEqual(['000000000000001-a.damaged']);
  });
});
