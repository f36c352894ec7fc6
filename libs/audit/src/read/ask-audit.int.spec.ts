import { randomBytes, randomUUID } from 'node:crypto';
import { freshDatabase } from '../../../../test/support/fresh.js';
import type { AuditEntry } from '../audit-entry.js';
import { AuditLog } from '../audit-log.js';
import { migrateAudit } from '../migrate-audit.js';
import { redactEntry } from '../redact-entry.js';
import { openTerms } from '../sealed-terms.js';
import { askAudit, askAuditForAll, auditEntry, type AuditQuestion, type Denied, type Place } from './ask-audit.js';
import { AuditReader } from './audit-reader.js';

const termsKey = randomBytes(32);
let url: string;
let log: AuditLog;
let reader: AuditReader;
beforeAll(async () => {
  url = await freshDatabase('audit');
  await migrateAudit(url);
  log = await AuditLog.open({ url, termsKey });
  reader = new AuditReader({ url });
});
afterAll(async () => {
  await log?.close();
  await reader?.close();
});

const EVER = { from: 0, to: 10_000 };
async function recorded(entry: Partial<AuditEntry>): Promise<string> {
  const requestId = randomUUID();
  await log.record([{ at: 1_000, action: 'viewed-person', outcome: 'done', requestId, ...entry }]);
  return requestId;
}
const asked = async (question: Partial<AuditQuestion>, o: { limit?: number; after?: Place } = {}) =>
  (await reader.read((sight) => askAudit(sight, { ...EVER, ...question }, { limit: 100, ...o }))).map(({ requestId }) => requestId);

describe('The audit log, asked', () => {
  it('tells every look at a person: by each id they have had, and by their records where a look had them under another id', async () => {
    const [now, former, token] = [randomUUID(), randomUUID(), randomUUID()];
    const byId = await recorded({ person: now });
    const byFormer = await recorded({ person: former });
    const byRecord = await recorded({ person: randomUUID(), subjects: [randomUUID(), token] });
    await recorded({ person: randomUUID(), subjects: [randomUUID()] });
    expect((await asked({ about: { persons: [now, former], subjects: [token] } })).sort()).toEqual([byId, byFormer, byRecord].sort());
    expect(await asked({ about: { persons: [], subjects: [] } })).toEqual([]);
  });

  it('tells of two people looks made of a record of each, and none of either alone', async () => {
    const [one, other, another] = [randomUUID(), randomUUID(), randomUUID()];
    await recorded({ person: one, subjects: [one, another] });
    const both = await recorded({ person: one, subjects: [other, one] });
    await recorded({ person: other, subjects: [other] });
    expect(await asked({ together: { one: [one], other: [other] } })).toEqual([both]);
    expect(await asked({ together: { one: [other], other: [another] } })).toEqual([]);
  });

  it('narrows to a period, a reader, a team, an outcome', async () => {
    const who = randomUUID();
    const first = await recorded({ at: 2_000, reader: who, team: 'East' });
    const last = await recorded({ at: 3_000, reader: who, team: 'West', outcome: 'denied' });
    expect(await asked({ reader: who })).toEqual([last, first]);
    expect(await asked({ reader: who, from: 3_000 })).toEqual([last]);
    expect(await asked({ reader: who, to: 3_000 })).toEqual([first]);
    expect(await asked({ reader: who, team: 'East' })).toEqual([first]);
    expect(await asked({ reader: who, outcome: 'denied' })).toEqual([last]);
  });

  it('tells a refusal from being asked for a reason, and whether that was given within the hour: to be listed again is giving none', async () => {
    const HOUR = 3_600_000;
    const who = randomUUID();
    const [given, late, turnedBack, forbidden] = [randomUUID(), randomUUID(), randomUUID(), randomUUID()];
    const denied = (person: string, why: string) => recorded({ reader: who, person, outcome: 'denied', shown: { why } });
    const [one, two, three] = [
      await denied(given, 'reason-needed'),
      await denied(late, 'reason-needed'),
      await denied(turnedBack, 'reason-needed'),
    ];
    const refused = await denied(forbidden, 'knows-this-person');
    await recorded({ at: 1_000 + HOUR, reader: who, person: given, action: 'gave-reason', reason: 'other' });
    await recorded({ at: 1_001 + HOUR, reader: who, person: late, reason: 'other' });
    await recorded({ at: 1_500, reader: who, person: turnedBack, action: 'shown-in-results' });
    await recorded({ at: 1_500, reader: 'another', person: turnedBack, reason: 'other' });
    const of = (denied: Denied) => asked({ reader: who, denied });
    expect(await Promise.all([of('refused'), of('given'), of('not-given'), of('asked')])).toEqual([
      [refused],
      [one],
      [three, two],
      [three, two, one],
    ]);
    const rows = await reader.read((sight) => askAudit(sight, { ...EVER, reader: who }, { limit: 9 }));
    expect(rows.map(({ reasonFollowed }) => reasonFollowed)).toEqual([null, null, false, false, true]);
  });

  it('tells that a reason was given also once it was lawfully taken out, and takes nothing else that was taken out for one', async () => {
    const who = randomUUID();
    const people = [randomUUID(), randomUUID()];
    const asks = [];
    for (const person of people) asks.push(await recorded({ reader: who, person, outcome: 'denied', shown: { why: 'reason-needed' } }));
    for (const [at, field] of (['reason', 'reference'] as const).entries()) {
      const requestId = await recorded({ at: 1_500, reader: who, person: people[at]!, [field]: 'C-1' });
      const rows = await reader.read((sight) => askAudit(sight, { ...EVER, reader: who }, { limit: 9 }));
      await redactEntry(url, { id: rows.find((row) => row.requestId === requestId)!.id, fields: [field] });
    }
    const of = (denied: Denied) => asked({ reader: who, denied });
    expect(await Promise.all([of('given'), of('not-given')])).toEqual([[asks[0]], [asks[1]]]);
  });

  it('finds reasons by their codes, one or several', async () => {
    const who = randomUUID();
    const plain = await recorded({ reader: who, reason: 'section-47' });
    const other = await recorded({ reader: who, reason: 'other' });
    await recorded({ reader: who });
    await recorded({ reader: who, action: 'operated', reason: 'yearly check' });
    expect(await asked({ reader: who, reasons: ['section-47'] })).toEqual([plain]);
    expect(await asked({ reader: who, reasons: ['section-47', 'other'] })).toEqual([other, plain]);
  });

  it('knows who read the audit, by pages, commands and exports, from who exported something else', async () => {
    const who = randomUUID();
    const ways = [
      await recorded({ reader: who, action: 'read-audit' }),
      await recorded({ reader: who, action: 'exported', shown: { verb: 'audit export' } }),
      await recorded({ reader: who, action: 'exported', shown: { page: 'audit/person' } }),
    ];
    await recorded({ reader: who, action: 'exported', shown: { page: 'family' } });
    expect((await asked({ reader: who, readsAudit: true })).sort()).toEqual(ways.sort());
  });

  it('goes on behind any place, though many entries are of one instant, and misses none', async () => {
    const who = randomUUID();
    const all: string[] = [];
    for (let at = 0; at < 7; at += 1) all.push(await recorded({ reader: who, at: 5_000 + (at > 4 ? 1 : 0) }));
    const seen: string[] = [];
    let after: Place | undefined;
    for (;;) {
      const rows = await reader.read((sight) => askAudit(sight, { ...EVER, reader: who }, { limit: 2, after }));
      if (rows.length === 0) break;
      seen.push(...rows.map(({ requestId }) => requestId));
      after = rows.at(-1);
    }
    expect(seen).toEqual(all.toReversed());
    const inOne = [];
    for await (const { requestId } of askAuditForAll((work) => reader.read(work), { ...EVER, reader: who })) inOne.push(requestId);
    expect(inOne).toEqual(seen);
  });

  it('gives one entry, with what was typed still sealed', async () => {
    const requestId = await recorded({ action: 'searched', terms: { familyName: 'Żółkowska' } });
    const [row] = await reader.read((sight) =>
      askAudit(sight, EVER, { limit: 1_000 }).then((rows) => rows.filter((row) => row.requestId === requestId)),
    );
    expect(row).toMatchObject({ typed: true });
    const entry = await reader.read((sight) => auditEntry(sight, row!.id));
    expect(openTerms(termsKey, entry!.terms!, row!.id)).toEqual({ familyName: 'Żółkowska' });
    expect(await reader.read((sight) => auditEntry(sight, randomUUID()))).toBeUndefined();
  });

  it('can’t be written to by whoever reads it', async () => {
    await expect(reader.read((sight) => sight.query('DELETE FROM audit.entry'))).rejects.toThrow('read-only');
    await expect(reader.review((sight) => sight.query('SELECT reader FROM audit.entry'))).rejects.toThrow('permission denied');
  });
});
