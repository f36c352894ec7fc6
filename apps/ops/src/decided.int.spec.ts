/** What is decided by hand, from the verb to what readers see. */
import { randomUUID } from 'node:crypto';
import { readAudit } from '#lib/audit';
import { liveGeneration } from '#lib/read-model';
import { claim, storeApart } from '../../../test/support/claimed-people.js';
import { doubt, storeJoined } from '../../../test/support/doubted-people.js';
import { ops } from '../../../test/support/ops.js';
import { QueryApp } from '../../../test/support/query-app.js';

let app: QueryApp;
beforeAll(async () => {
  app = await QueryApp.open();
});
afterAll(() => app?.close());

const run = (...args: string[]) => ops(app.env, ...args);
const statusOf = async (person: string) => (await app.get(`/v1/people/${person}`)).status;
const lastOnRecord = async () => (await readAudit(app.env.AUDIT_URL!, { last: 1 }))[0];

describe('ops restrict', () => {
  it('restricts all records of a person at once, with who and why on record, and lifts it again', async () => {
    const { person } = await app.people.record();
    await app.people.record({ person, source: 'synergy' });
    expect(await statusOf(person)).toBe(200);
    expect((await run('restrict', '--person', person, '--dry-run')).text).toContain('2 records would be restricted');
    expect(await statusOf(person)).toBe(200);
    const { code, text } = await run('restrict', '--person', person, '--reason', 'threats', '--json');
    const { decision } = JSON.parse(text) as { decision: string };
    expect([code, await statusOf(person)]).toEqual([0, 404]);
    expect(await lastOnRecord()).toMatchObject({
      action: 'viewed-person',
      outcome: 'nothing-found',
    });
    expect((await readAudit(app.env.AUDIT_URL!, { last: 20 })).find(({ action }) => action === 'operated')).toMatchObject({
      reason: 'threats',
      shown: { verb: 'restrict', decision, records: 2 },
    });
    expect((await run('restrict')).text).toMatch(new RegExp(`${decision} +2 +.*threats`));
    expect((await run('unrestrict', '--decision', decision, '--dry-run')).text).toContain('Would lift');
    expect(await statusOf(person)).toBe(404);
    expect((await run('unrestrict', '--decision', decision, '--reason', 'the order has ended')).code).toBe(0);
    expect(await statusOf(person)).toBe(200);
    expect((await run('restrict')).text).toBe('Nobody is restricted by hand.');
  });

  it('says so where nobody has that id, or no such decision is in force', async () => {
    expect(await run('restrict', '--person', randomUUID(), '--reason', 'x')).toMatchObject({
      code: 1,
      failure: expect.stringContaining('Nobody in the index'),
    });
    expect(await run('unrestrict', '--decision', randomUUID(), '--reason', 'x')).toMatchObject({
      code: 1,
      failure: expect.stringContaining('No such restriction'),
    });
    expect((await run('restrict', '--person', 'Tommy', '--reason', 'x')).failure).toContain('wants the id in the address');
  });
});

describe('ops declarations', () => {
  it('lists who has said to know somebody, and withdraws what was a mistake', async () => {
    const { person, subject } = await app.people.record();
    await app.people.onCaseloadOf('amara.okafor', subject);
    await app.send(`/people/${person}/known`, { method: 'POST', headers: await app.as('amara.okafor') });
    expect(await statusOf(person)).toBe(403);
    const listed = await run('declarations', '--json');
    const [{ declaration, reader }] = JSON.parse(listed.text) as [{ declaration: string; reader: string }];
    expect(reader).toBe('amara.okafor');
    expect((await run('declarations', '--withdraw', declaration, '--dry-run')).text).toContain('Would withdraw');
    expect((await run('declarations', '--withdraw', declaration, '--reason', 'a mistake')).code).toBe(0);
    expect(await lastOnRecord()).toMatchObject({
      action: 'operated',
      reason: 'a mistake',
      shown: { verb: 'declarations/withdraw', declaration },
    });
    expect(await statusOf(person)).toBe(200);
  });
});

describe('ops match doubts', () => {
  it('lists what readers doubt, and settles that a record is where it belongs', async () => {
    const { person, police } = await storeJoined(app);
    await doubt(app, person, police.subject);
    const panel = async () => (await app.get(`/v1/people/${person}`)).body.result.panels.find(({ service }) => service === 'police')!;
    const listed = await run('match', 'doubts', '--json');
    const [found] = JSON.parse(listed.text) as [{ doubt: string; record: string }];
    expect([found.record, listed.text.includes('amara')]).toEqual([police.subject, false]);
    expect((await run('match', 'doubts', '--belongs', found.doubt, '--dry-run')).text).toContain('Would be settled');
    expect((await panel()).state.kind).toBe('not-checked');
    expect((await run('match', 'doubts', '--belongs', found.doubt, '--reason', 'confirmed')).code).toBe(0);
    expect(await lastOnRecord()).toMatchObject({
      action: 'operated',
      reason: 'confirmed',
      shown: { verb: 'match doubts', record: police.subject },
    });
    expect((await panel()).state.kind).toBe('records-held');
    expect((await run('match', 'doubts')).text).toBe('No record is doubted.');
  });
});

describe('ops match claims', () => {
  const claims = async () => JSON.parse((await run('match', 'claims', '--json')).text) as Record<string, unknown>[];

  it('lists whom readers say to be one person, by the records as they stand now, and what each claim waits for', async () => {
    expect((await run('match', 'claims')).text).toBe('Nobody has said that two people are one.');
    const { family, known, school, pair } = await storeApart(app);
    expect((await claim(app, known.person, school.person)).status).toBe(303);
    const listed = await run('match', 'claims');
    expect(listed.text).toMatch(new RegExp(`${pair.one}  ${pair.other}  waits for a steward +another-name +\\d+ s`));
    for (const told of ['amara', family, known.person, school.person]) expect(listed.text).not.toContain(told);
    expect(await claims()).toMatchObject([{ ...pair, state: 'waits', because: 'another-name' }]);

    const { pool } = app.people;
    await pool.query(`INSERT INTO decided.opinion (id, one, other, steward, answer, reason) VALUES (gen_random_uuid(), $1, $2, 'rosa.lind', 'same', 'x')`, [pair.one, pair.other]); // prettier-ignore
    expect(await claims()).toMatchObject([{ state: 'answered' }]);
    const { schema } = await liveGeneration(pool);
    await pool.query(`DELETE FROM ${schema}.record_person WHERE subject = $1`, [school.subject]);
    expect((await run('match', 'claims')).text).toContain('waits for the matcher: one of the records is nobody’s yet');
    expect(await claims()).toMatchObject([{ ...pair, state: 'not-matched' }]);
    const successor = await app.people.record({ source: 'liquidlogic', person: known.person });
    await pool.query(`UPDATE ${schema}.record SET replaced_by = $2 WHERE subject = $1`, [school.subject, successor.subject]);
    expect(await claims()).toMatchObject([{ state: 'one-person' }]);
    expect(Object.values((await claims())[0]!)).toEqual(expect.arrayContaining([known.subject, successor.subject]));
    await pool.query(`UPDATE ${schema}.record SET present = false WHERE subject = $1`, [successor.subject]);
    expect(await claims()).toMatchObject([{ state: 'gone' }]);
    await pool.query(`UPDATE decided.claim SET settled_at = now(), settled_as = 'withdrawn'`);
    expect(await claims()).toEqual([]);
  });
});

describe('ops alerts', () => {
  it('tells of a restricted record that was opened until an officer has looked into it', async () => {
    const { recordId } = await app.people.record({ restriction: 'restricted' });
    expect((await run('alerts')).code).toBe(0);
    const opened = await app.sendForm('/restricted', { caseId: recordId, why: 'strategy-meeting', none: 'yes' }, 'priya.nair');
    expect(opened.status).toBe(303);
    const told = await run('alerts', '--json');
    const [alert] = JSON.parse(told.text) as { id: string; reader: string; requestId: string }[];
    expect([told.code, alert]).toMatchObject([3, { reader: 'priya.nair', requestId: opened.headers.get('x-request-id') }]);
    expect((await run('alerts', '--seen', alert!.id, '--reason', 'justified')).code).toBe(0);
    expect((await run('alerts')).text).toBe('No alert waits for anybody.');
    expect((await run('alerts', '--seen', alert!.id, '--reason', 'again')).failure).toContain('No such alert waits');
  });
});
