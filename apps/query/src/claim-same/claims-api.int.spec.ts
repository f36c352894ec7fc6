import { storeApart } from '../../../../test/support/claimed-people.js';
import { READER } from '../../../../test/support/doubted-people.js';
import { type Got, QueryApp } from '../../../../test/support/query-app.js';
import { randomToken } from '../../../../test/support/random-token.js';
import { ClaimedPeople } from './claim-same.query.js';

let app: QueryApp;
beforeAll(async () => {
  app = await QueryApp.open();
});
afterAll(() => app?.close());

const post = async (path: string, body: object = {}, reader = READER): Promise<Got> => {
  await app.giveReason(/[0-9a-f-]{36}/.exec(path)![0], reader);
  return app.sendJson(path, body, reader);
};
const bodyOf = (got: Got) => got.body as unknown as { claim: string; claims: string[]; problems: { pointer: string }[] };
const stateOf = async (path: string) => ClaimedPeople.strict().parse((await app.get(path)).body.result);

describe('A claim over REST', () => {
  it('is raised about two people, on record as on the page, listed with what becomes of it, and withdrawn', async () => {
    const { known, school, pair } = await storeApart(app);
    const path = `/v1/people/${known.person}/same/${school.person}`;
    expect(await stateOf(path)).toMatchObject({ isOne: false, other: { person: school.person }, own: [] });
    const got = await post(path, { because: 'details-agree', words: 'She says so' });
    expect(got.status).toBe(201);
    expect(await app.auditOf(got)).toMatchObject(
      [known, school].map(({ person }) => ({ action: 'claimed-same', person, shown: { because: 'details-agree', ...pair } })),
    );
    expect((await stateOf(path)).own).toEqual([
      { claim: bodyOf(got).claim, raisedAt: expect.any(Number) as number, state: 'open', settledAt: null },
    ]);
    expect((await post(path, { because: 'other' })).status).toBe(404);
    const withdrawn = await post(`${path}/withdrawn`);
    expect([withdrawn.status, bodyOf(withdrawn).claims, (await stateOf(path)).own]).toEqual([200, [bodyOf(got).claim], []]);
    expect((await post(`${path}/withdrawn`)).status).toBe(404);
  });

  it('is refused with what to correct, and to whom it is not, and of whoever is restricted is as of nobody', async () => {
    const { known, school } = await storeApart(app);
    const path = (other: string) => `/v1/people/${known.person}/same/${other}`;
    const wrong = await post(path(school.person), { because: 'gossip', words: 'x'.repeat(501) });
    expect([wrong.status, bodyOf(wrong).problems.map(({ pointer }) => pointer)]).toEqual([400, ['/because', '/words']]);
    expect((await post(path(school.person), { because: 'other' }, 'ig.officer')).status).toBe(403);
    await app.people.restrictByHand(school.subject);
    const bytes = async (other: string) => {
      const { status, text } = await post(path(other), { because: 'other' });
      return [status, text.replaceAll(other, 'ID').replaceAll(/"requestId":"[^"]+"/g, '')];
    };
    expect(await bytes(school.person)).toEqual(await bytes(randomToken()));
    expect((await post(path(known.person), { because: 'other' })).status).toBe(404);
  });
});
