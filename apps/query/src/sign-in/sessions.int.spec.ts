import { jest } from '@jest/globals';
import { migrateAudit, AuditLog, readAudit } from '#lib/audit';
import { migrateSessions, revoke } from '#lib/identity';
import { Pool } from 'pg';
import { freshDatabase } from '../../../../test/support/fresh.js';
import { withoutAudit } from '../../../../test/support/without-audit.js';
import { EndSessions } from './end-sessions.js';
import { ReaderMarks } from './going-to.js';
import type { Reader } from './reader.js';
import { endOf, IDLE, LONGEST, Sessions } from './sessions.js';
import { SignInsUnderWay } from './sign-ins-under-way.js';

const MINUTE = 60_000;
const reader: Reader = { id: 'amara.okafor', name: 'Amara Okafor', role: 'social-worker', team: 'Assessment East' };
const other: Reader = { ...reader, id: 'priya.nair' };
const begun = Date.now();

let url: string;
let pool: Pool;
let audit: AuditLog;
let sessions: Sessions;
let end: EndSessions;
beforeEach(async () => {
  url = await freshDatabase('audit');
  await migrateAudit(url);
  await migrateSessions(url);
  pool = new Pool({ connectionString: url });
  audit = await AuditLog.open({ url });
  sessions = new Sessions(pool, new ReaderMarks('secret'));
  end = new EndSessions(pool, audit);
});
afterEach(async () => {
  jest.restoreAllMocks();
  await audit.close();
  await pool.end();
});

/** Looks and uses, as a request does. @returns the token the browser has then, or null where it is signed out */
async function request(token: string, at: number): Promise<string | null> {
  const session = await sessions.find(token, at);
  return session === null ? null : ((await sessions.use(session, token, at)) ?? token);
}

describe('A session', () => {
  it('ends after 15 idle minutes and is kept alive by use, but after 10 hours it is over', async () => {
    expect([IDLE, LONGEST]).toEqual([15 * MINUTE, 600 * MINUTE]);
    const idle = await sessions.start(reader, begun);
    expect(await request(idle, begun + IDLE - 1)).toBe(idle);
    expect(await request(idle, begun + IDLE - 1 + IDLE)).toBeNull();
    let used: string | null = await sessions.start(reader, begun);
    for (let at = begun; at < begun + LONGEST; at += IDLE - MINUTE) {
      used = await request(used!, at);
      expect([at - begun, used]).toEqual([at - begun, expect.any(String)]);
    }
    expect(await request(used!, begun + LONGEST)).toBeNull();
  });

  it('is over at the instant of being revoked, and one that begins after that is not', async () => {
    const [before, after] = [await sessions.start(reader, begun), await sessions.start(reader, begun + 1)];
    await revoke(pool, reader.id, begun);
    expect([await sessions.find(before, begun + 1), (await sessions.find(after, begun + 1))?.reader.id]).toEqual([null, reader.id]);
  });

  it('begun by a process whose clock is ahead is revoked by one whose clock is right; begun after that, it is not', async () => {
    const clock = jest.spyOn(Date, 'now').mockImplementation(() => begun + 3_600_000);
    const before = await sessions.start(reader);
    expect((await sessions.find(before))?.reader.id).toBe(reader.id);
    clock.mockRestore();
    await revoke(pool, reader.id);
    expect(await sessions.find(before)).toBeNull();
    expect((await sessions.find(await sessions.start(reader)))?.reader.id).toBe(reader.id);
  });

  it('is begun anew after being revoked by a process whose clock is ahead, and revoked by one whose clock is behind', async () => {
    const clock = jest.spyOn(Date, 'now').mockImplementation(() => begun + 3_600_000);
    await revoke(pool, reader.id);
    clock.mockRestore();
    const after = await sessions.start(reader);
    expect((await sessions.find(after))?.reader.id).toBe(reader.id);
    jest.spyOn(Date, 'now').mockImplementation(() => begun - 3_600_000);
    await revoke(pool, reader.id);
    jest.restoreAllMocks();
    expect(await sessions.find(after)).toBeNull();
  });

  it('is ended by signing out also with the token before, whose successor did not arrive', async () => {
    const first = await sessions.start(reader, begun);
    await request(first, begun + 10 * MINUTE);
    for (let at = begun + 20 * MINUTE; at < begun + 61 * MINUTE; at += 10 * MINUTE) await request(first, at);
    const second = (await request(first, begun + 62 * MINUTE))!;
    expect(second).not.toBe(first);
    expect((await sessions.end(first))?.id).toBe(reader.id);
    expect(await sessions.find(second, begun + 62 * MINUTE)).toBeNull();
  });

  it('is listed among its reader’s while it is not over: not once it was idle, and in use for hours', async () => {
    await sessions.start(reader, begun);
    const used = await sessions.start(reader, begun + 1);
    const hours = begun + 2 * 60 * MINUTE;
    await pool.query('UPDATE session.session SET last_seen_at = $1 WHERE started_at = $2', [hours, begun + 1]);
    expect((await sessions.of(reader.id, hours)).map(({ startedAt }) => startedAt)).toEqual([begun + 1]);
    expect(await sessions.find(used, hours)).not.toBeNull();
  });

  it('says when it ends, and near its longest that nothing prolongs it', async () => {
    const times = { startedAt: begun };
    expect(endOf({ ...times, seenAt: begun })).toEqual({ at: begun + IDLE, canStay: true });
    expect(endOf({ ...times, seenAt: begun + LONGEST - MINUTE })).toEqual({ at: begun + LONGEST, canStay: false });
  });

  it('gets another token each hour; the one before opens it until the new one has arrived, and then no more', async () => {
    const first = await sessions.start(reader, begun);
    for (let at = begun; at < begun + 60 * MINUTE; at += 10 * MINUTE) expect(await request(first, at)).toBe(first);
    const hour = begun + 61 * MINUTE;
    const second = (await request(first, hour))!;
    expect(second).not.toBe(first);
    // A request under way with the old one.
    expect(await request(first, hour + 1000)).toBe(first);
    expect(await request(second, hour + 2 * MINUTE)).toBe(second);
    expect(await request(first, hour + 2 * MINUTE)).toBeNull();
  });

  it('survives that the answer with the new token was lost', async () => {
    const first = await sessions.start(reader, begun);
    const at = begun + 61 * MINUTE;
    await sessions.use((await sessions.find(first, begun))!, first, at - IDLE + MINUTE);
    const lost = (await request(first, at))!;
    const again = (await request(first, at + 3 * MINUTE))!;
    expect(new Set([first, lost, again]).size).toBe(3);
    expect(await request(lost, at + 3 * MINUTE)).toBeNull();
    expect(await request(again, at + 4 * MINUTE)).toBe(again);
  });

  it('changes its token once when many requests come at that moment', async () => {
    const first = await sessions.start(reader, begun);
    await sessions.use((await sessions.find(first, begun))!, first, begun + 50 * MINUTE);
    const session = (await sessions.find(first, begun + 60 * MINUTE))!;
    const tokens = await Promise.all(Array.from({ length: 5 }, () => sessions.use(session, first, begun + 61 * MINUTE)));
    expect(tokens.filter((token) => token !== null)).toHaveLength(1);
  });
});

describe('Sessions that are over', () => {
  it('are not opened again by forgetting who was revoked: that is known for as long as a session may last', async () => {
    const token = await sessions.start(reader, begun);
    await revoke(pool, reader.id, begun);
    await pool.query('UPDATE session.session SET last_seen_at = $1', [begun + LONGEST - 1]);
    await pool.query(`INSERT INTO session.revoked (who, revoked_at) VALUES ('long ago', $1)`, [begun - 1]);
    await end.sweep(begun + LONGEST);
    const { rows } = await pool.query('SELECT who FROM session.revoked');
    expect([rows, await sessions.find(token, begun + LONGEST - 1)]).toEqual([[{ who: reader.id }], null]);
  });

  it('take with them reasons older than any session, and none that may have been given in one that goes on', async () => {
    const keep = (holder: string, at: number) =>
      pool.query(`INSERT INTO session.reason (holder, person, sealed, given_at) VALUES ($1, gen_random_uuid(), '', $2)`, [holder, at]);
    await keep('long ago', begun - 1);
    await keep('in a session of nearly ten hours', begun);
    await end.sweep(begun + LONGEST);
    expect((await pool.query('SELECT holder FROM session.reason')).rows).toEqual([{ holder: 'in a session of nearly ten hours' }]);
  });

  it('take with them sign-ins that nobody came back from for ten minutes, and none that is under way', async () => {
    const underWay = new SignInsUnderWay(pool);
    const begin = (state: string, at: number) => underWay.keep({ state, nonce: 'n', verifier: 'v', goingTo: state }, 'browser', at);
    await begin('/given-up', begun - 1);
    await begin('/under-way', begun);
    await end.sweep(begun + 10 * MINUTE);
    expect((await pool.query('SELECT going_to FROM session.sign_in')).rows).toEqual([{ going_to: '/under-way' }]);
  });

  it('are cleared away, each with its end on record: idle, at its longest, or revoked; the others go on', async () => {
    const now = begun + LONGEST + IDLE;
    await sessions.start({ ...reader, id: 'idle' }, now - IDLE);
    const longest = await sessions.start({ ...reader, id: 'longest' }, now - LONGEST);
    await pool.query('UPDATE session.session SET last_seen_at = $1 WHERE started_at = $2', [now, now - LONGEST]);
    await sessions.start({ ...reader, id: 'revoked' }, now - MINUTE);
    await revoke(pool, 'revoked', now - 1);
    const open = await sessions.start(other, now - MINUTE);
    expect(await end.sweep(now)).toBe(3);
    expect((await readAudit(url)).map(({ action, reader: who, shown }) => [action, who, shown?.why].join(' ')).sort()).toEqual([
      'session-ended idle idle',
      'session-ended longest longest',
      'session-ended revoked revoked',
    ]);
    expect(await end.sweep(now)).toBe(0);
    expect([await sessions.find(longest, now), (await sessions.find(open, now))?.reader.id]).toEqual([null, 'priya.nair']);
  });

  it('stay where they are while their end can’t be recorded, and still open nothing', async () => {
    const token = await sessions.start(reader, begun);
    const now = begun + IDLE;
    await withoutAudit(url, () => expect(end.sweep(now)).rejects.toThrow('permission denied'));
    expect(await sessions.find(token, now)).toBeNull();
    expect(await end.sweep(now)).toBe(1);
  });

  it('are each cleared by one of several processes', async () => {
    for (let i = 0; i < 20; i++) await sessions.start(reader, begun);
    const counts = await Promise.all([end.sweep(begun + IDLE), new EndSessions(pool, audit).sweep(begun + IDLE)]);
    const rest = await end.sweep(begun + IDLE);
    expect(counts[0] + counts[1] + rest).toBe(20);
    expect(await readAudit(url, { last: 100 })).toHaveLength(20);
  });
});
