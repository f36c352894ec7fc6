import { randomBytes, randomUUID } from 'node:crypto';
import { doubt, READER, storeJoined, withdraw } from '../../../../test/support/doubted-people.js';
import { textOf } from '../../../../test/support/pages.js';
import { type Got, QueryApp } from '../../../../test/support/query-app.js';
import { randomToken } from '../../../../test/support/random-token.js';
import type { Asker } from '../sign-in/reader.js';
import type { DoubtableRecords } from './doubt-record.query.js';
import { KeptDoubts } from './kept-doubts.js';

let app: QueryApp;
beforeAll(async () => {
  app = await QueryApp.open();
});
afterAll(() => app?.close());

const post = async (path: string, body: object = {}, reader = READER): Promise<Got> => app.sendJson(path, body, reader);
const raise = async (person: string, body: object, reader = READER) => {
  await app.giveReason(person, reader);
  return post(`/v1/people/${person}/doubts`, body, reader);
};
const bodyOf = (got: Got) => got.body as unknown as { doubt: string; hides: boolean; problems: { pointer: string }[] };
const doubtable = async (person: string) => {
  const { result } = (await app.get(`/v1/people/${person}/doubts`)).body as unknown as { result: DoubtableRecords };
  return result;
};
const policeOf = async (person: string) =>
  (await app.get(`/v1/people/${person}`)).body.result.panels.find(({ service }) => service === 'police')!.state.words;
const settledAs = async (id: string) =>
  (await app.people.pool.query<{ settled_as: string | null }>('SELECT settled_as FROM decided.doubt WHERE id = $1', [id])).rows[0]!
    .settled_as;

describe('A doubt over REST', () => {
  it('is raised about a record that is listed, on record as on the page, and what it hides is hidden at once', async () => {
    const { person, police } = await storeJoined(app);
    const listed = (await doubtable(person)).records.find(({ record }) => record === police.subject);
    expect(listed).toMatchObject({ source: 'niche', hides: true });
    const got = await raise(person, { record: police.subject, because: 'relative', words: 'The younger sister' });
    expect([got.status, bodyOf(got).hides]).toEqual([201, true]);
    expect(await app.auditOf(got)).toMatchObject([
      { action: 'raised-doubt', outcome: 'done', person, shown: { record: police.subject, because: 'relative', hides: true } },
    ]);
    expect(await policeOf(person)).toContain('a possible wrong match awaiting review');
    const { own, records } = await doubtable(person);
    expect([own.map(({ doubt }) => doubt), records.map(({ record }) => record)]).toEqual([[bodyOf(got).doubt], []]);
  });

  it('is refused with what to correct, and of whoever is restricted, has one record, or is nobody’s to see', async () => {
    const { person, police, known } = await storeJoined(app);
    const wrong = await raise(person, { record: 'x', because: 'gossip', words: 'x'.repeat(501) });
    expect([wrong.status, bodyOf(wrong).problems.map(({ pointer }) => pointer)]).toEqual([400, ['/record', '/because', '/words']]);
    const alone = await app.people.record();
    const body = { record: police.subject, because: 'other' };
    expect((await raise(alone.person, { ...body, record: alone.subject })).status).toBe(404);
    expect((await post(`/v1/people/${person}/doubts`, body, 'ig.officer')).status).toBe(403);
    await app.people.restrictByHand(known.subject);
    const bytes = async (one: string) => {
      const { status, text } = await raise(one, body);
      return [status, text.replaceAll(one, 'ID').replaceAll(/"requestId":"[^"]+"/g, '')];
    };
    expect(await bytes(person)).toEqual(await bytes(randomToken()));
  });

  it('is withdrawn by its reader, and by nobody else', async () => {
    const { person, police } = await storeJoined(app);
    const { doubt: id } = bodyOf(await raise(person, { record: police.subject, because: 'other' }));
    await app.giveReason(person, 'priya.nair');
    const withdrawn = `/v1/people/${person}/doubts/${id}/withdrawn`;
    expect((await post(withdrawn, {}, 'priya.nair')).status).toBe(404);
    const got = await post(withdrawn);
    expect([got.status, bodyOf(got).doubt, await app.auditOf(got)]).toMatchObject([
      200,
      id,
      [{ action: 'withdrew-doubt', person, shown: { doubt: id } }],
    ]);
    expect([await policeOf(person), (await post(withdrawn)).status]).toEqual(['Records held', 404]);
  });

  it('raised twice at once is one doubt, under one id', async () => {
    const { person, police } = await storeJoined(app);
    const kept = new KeptDoubts(app.people.pool, randomBytes(32));
    const asker = { reader: { id: READER }, requestId: 'twice' } as Asker;
    const twice = () => kept.raise(asker, randomUUID(), person, { record: police.subject, because: 'other', words: '' }, true);
    const [one, other] = await Promise.all([twice(), twice()]);
    const own = (await doubtable(person)).own.map((open) => open.doubt);
    expect([one, other, own]).toEqual([one, one, [one]]);
  });
});

describe('A doubt about a record that stands alone since', () => {
  it('is still its reader’s to withdraw, where it was raised and at the record’s own page, and no other reader sees it', async () => {
    const [there, here] = [await storeJoined(app), await storeJoined(app)];
    for (const { person, police } of [there, here]) {
      await doubt(app, person, police.subject);
      await app.people.assign(police.subject, randomToken());
    }
    const [raised] = (await doubtable(there.person)).own;
    expect(raised!.words).toBe('A record that is not shown with this person any more');
    expect(textOf((await app.get(`/people/${there.person}/doubt`)).text)).toContain(`You have doubted: ${raised!.words}`);
    await app.giveReason(there.person, 'priya.nair');
    expect((await withdraw(app, there.person, raised!.doubt, 'priya.nair')).status).toBe(404);
    expect([(await withdraw(app, there.person, raised!.doubt)).status, await settledAs(raised!.doubt)]).toEqual([303, 'withdrawn']);
    const [{ person: alone }] = (
      await app.people.pool.query<{ person: string }>(`SELECT person FROM ${app.people.schema}.record_person WHERE subject = $1`, [
        here.police.subject,
      ])
    ).rows as [{ person: string }];
    const [own] = (await doubtable(alone)).own;
    expect([own!.words, (await withdraw(app, alone, own!.doubt)).status, await settledAs(own!.doubt)]).toEqual([
      'Police: Niche',
      303,
      'withdrawn',
    ]);
  });
});
