import { randomBytes, randomUUID } from 'node:crypto';
import { mkdtemp, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { eventually } from '../../../test/support/eventually.js';
import { freshDatabase } from '../../../test/support/fresh.js';
import { TcpProxy } from '../../../test/support/tcp-proxy.js';
import { AuditLog, type AuditLogEvent, type AuditLogOptions } from './audit-log.js';
import { migrateAudit } from './migrate-audit.js';
import { readAudit } from './read-audit.js';

let url: string;
let proxy: TcpProxy;
let folder: string;
let log: AuditLog;
let events: AuditLogEvent[];
const termsKey = randomBytes(32);
beforeEach(async () => {
  url = await freshDatabase('audit');
  await migrateAudit(url);
  proxy = await TcpProxy.open({ targetPort: Number(new URL(url).port) });
  folder = await mkdtemp(join(tmpdir(), 'spool-'));
  events = [];
  log = await opened();
});
afterEach(async () => {
  await log.close();
  await proxy.close();
  await rm(folder, { recursive: true, force: true });
});

const opened = (o: Partial<AuditLogOptions> = {}) =>
  AuditLog.open({
    url: Object.assign(new URL(url), { port: String(proxy.port) }).href,
    termsKey,
    spoolFolder: join(folder, 'spool'),
    deadline: 3_000,
    drainEvery: 50,
    onEvent: (event) => void events.push(event),
    ...o,
  });
async function record(requestId: string = randomUUID()): Promise<string> {
  await log.record([
    { at: 1, action: 'searched', outcome: 'done', requestId, reader: 'amara.okafor', terms: { familyName: 'Żółkowska' } },
    { at: 1, action: 'shown-in-results', outcome: 'done', requestId, person: randomUUID(), subjects: [randomUUID()], shown: { a: 1 } },
  ]);
  return requestId;
}
const inDatabase = async () => (await readAudit(url, { last: 10_000 })).map(({ requestId }) => requestId);
const drained = () => eventually('the spool drained', async () => log.state.spool!.records === 0 && !log.state.databaseAway);

describe('The audit log with two sinks', () => {
  it('goes on in the spool while the database is gone, and gives it everything when it is back, each entry once', async () => {
    const before = await record();
    proxy.cut();
    const meanwhile = [await record(), await record(), await record()];
    expect(log.state).toMatchObject({ databaseAway: true, spool: { records: 3 }, recorded: { database: 1, spool: 3 } });
    expect(await inDatabase()).toEqual([before, before]);
    await log.look();
    proxy.pass();
    await drained();
    const after = await record();
    const all = [before, ...meanwhile, after];
    expect((await inDatabase()).sort()).toEqual([...all, ...all].sort());
    const rows = await readAudit(url, { last: 100 });
    expect(
      rows
        .filter(({ sink }) => sink === 'spool')
        .map(({ requestId }) => requestId)
        .sort(),
    ).toEqual([...meanwhile, ...meanwhile].sort());
    expect(rows.every(({ sink, drainedAt, at }) => at === 1 && (sink === 'spool') === (drainedAt !== null))).toBe(true);
    expect(events.map(({ kind }) => kind)).toEqual(['database-away', 'drained', 'database-back']);
    expect(await readdir(join(folder, 'spool'))).toEqual([]);
  });

  it('writes nothing readable to the disk', async () => {
    proxy.cut();
    await record('a request of its own');
    const [file] = await readdir(join(folder, 'spool'));
    const bytes = await readFile(join(folder, 'spool', file!));
    for (const word of ['amara', 'Żółkowska', 'a request of its own']) expect(bytes.includes(Buffer.from(word))).toBe(false);
  });

  it('does not double what the database had taken after all, although its answer never came', async () => {
    await record();
    proxy.hold('answered');
    const unsure = await record();
    expect(log.state.recorded).toEqual({ database: 1, spool: 1 });
    await eventually('the database took it', async () => (await inDatabase()).includes(unsure));
    proxy.pass();
    await drained();
    expect((await inDatabase()).filter((id) => id === unsure)).toHaveLength(2);
    expect(log.state.spool!.setAside).toEqual({ torn: 0, damaged: 0, refused: 0 });
  });

  it('does not keep readers waiting for a database that gives no answer: only the first of them', async () => {
    proxy.hold();
    await record();
    const from = Date.now();
    await Promise.all(Array.from({ length: 50 }, () => record()));
    expect(Date.now() - from).toBeLessThan(400);
    proxy.pass();
    await drained();
    expect((await inDatabase()).length).toBe(102);
  });

  it('says no when neither takes a record, and goes on when one is back', async () => {
    proxy.cut();
    await rename(join(folder, 'spool'), join(folder, 'elsewhere'));
    await writeFile(join(folder, 'spool'), '');
    await expect(record('refused')).rejects.toMatchObject({ code: 'no-sink', retriable: true });
    await expect(log.look()).rejects.toThrow('ENOTDIR');
    await rm(join(folder, 'spool'));
    await rename(join(folder, 'elsewhere'), join(folder, 'spool'));
    const spooled = await record();
    proxy.pass();
    await drained();
    expect(await inDatabase()).toEqual([spooled, spooled]);
  });

  it('refuses what no sink could ever keep, rather than spool it', async () => {
    const wrong = { at: 1, action: 'viewed-person', outcome: 'done', requestId: 'r', person: 'not a person' } as const;
    await expect(log.record([wrong])).rejects.toThrow('uuid');
    await expect(log.record([{ ...wrong, person: null, generation: 2 ** 40 }])).rejects.toMatchObject({ code: '22003' });
    expect(log.state.spool!.records).toBe(0);
  });

  it('keeps a record beside that the database will not have, and drains all others', async () => {
    proxy.cut();
    await record('one');
    await log.record([{ at: 1, action: 'viewed-person', outcome: 'done', requestId: 'wrong', generation: 2 ** 40 }]);
    await record('two');
    proxy.pass();
    await drained();
    expect((await inDatabase()).sort()).toEqual(['one', 'one', 'two', 'two']);
    expect(log.state.spool!.setAside).toEqual({ torn: 0, damaged: 0, refused: 1 });
  });

  it('drains what an earlier life left, also when it was killed in the middle of it', async () => {
    proxy.cut();
    const left = [await record(), await record()];
    await log.close();
    const [file] = await readdir(join(folder, 'spool'));
    await rename(join(folder, 'spool', file!), join(folder, 'spool', file!.replace('.spool', '.draining')));
    proxy.pass();
    log = await opened();
    expect(log.state.spool!.records).toBe(2);
    await drained();
    expect((await inDatabase()).sort()).toEqual([...left, ...left].sort());
  });
});
