/** Paper that a browser makes by itself: the page says where that goes on record, and its script does. */
import { randomUUID } from 'node:crypto';
import { OF_FAMILIES } from '../../../../test/support/every-route/families.js';
import { type Got, QueryApp } from '../../../../test/support/query-app.js';
import { madeUpName, name } from '../../../../test/support/stored-people.js';
import { Visitor } from '../../../../test/support/visitor.js';
import { withoutAudit } from '../../../../test/support/without-audit.js';

let app: QueryApp;
let family: string;
let child: { person: string; subject: string };
let search: string;
beforeAll(async () => {
  app = await QueryApp.open();
  family = madeUpName();
  child = await app.people.record({ names: [name(family, 'Ada')] });
  await app.people.involvement(child.subject);
  search = (await app.keep({ familyName: family })).body.id;
  await app.giveReason(child.person);
});
afterAll(() => app?.close());

const post = async (path: string, reader = 'amara.okafor', headers: Record<string, string> = {}): Promise<Got> =>
  app.send(path, { method: 'POST', headers: { ...(await app.as(reader)), ...headers } });
const paperOf = ({ text }: Got) => /data-paper="([^"]*)"/.exec(text)?.[1];
const left = async (got: Got) => (await app.auditOf(got)).map(({ action, outcome, person, shown }) => ({ action, outcome, person, shown }));

const PAGES = Object.entries(OF_FAMILIES).flatMap(([route, contract]) =>
  'shows' in contract && !route.includes('/v1/') ? [[route, contract] as const] : [],
);

it.each(PAGES)('%s says where it goes on record, and so it does, with whose records were on it', async (_, { at }) => {
  const page = await app.get(at({ person: child.person, search }));
  const paper = paperOf(page)!;
  expect(page.text).toContain('/record-print.js"');
  const got = await post(paper);
  const person = paper.startsWith('/people/') ? child.person : null;
  expect([got.status, got.text]).toEqual([204, '']);
  const shown = { page: paper.split('/').at(-1), by: 'browser' };
  expect(await left(got)).toEqual([{ action: 'printed', outcome: 'done', person, shown }]);
  if (person !== null) expect((await app.auditOf(got))[0]!.subjects).toEqual([child.subject]);
});

it('goes by the way the page was reached, and says nothing twice of a page that was asked for to be printed', async () => {
  const paper = paperOf(await app.get(`/people/${child.person}/family?search=${search}`));
  expect(paper).toBe(`/people/${child.person}/printed/family?search=${search}`);
  for (const page of ['', '/family', '/contacts', '/addresses', '/why']) {
    const got = await app.get(`/people/${child.person}${page}?print=yes`);
    expect([page, got.status, paperOf(got)]).toEqual([page, 200, undefined]);
    expect((await left(got)).at(-1)).toMatchObject({ action: 'printed', person: child.person, shown: { page: page.slice(1) || 'person' } });
  }
});

it('tells nobody who is in the index: a restricted person, and an id that nobody has, are answered alike', async () => {
  const hidden = await app.people.record({ restriction: 'restricted' });
  const answers = [];
  for (const person of [hidden.person, randomUUID()]) {
    const unasked = await post(`/people/${person}/printed/person`);
    await app.giveReason(person);
    const got = await post(`/people/${person}/printed/person`);
    const audit = (await left(got)).map((look) => ({ ...look, person: null }));
    answers.push([unasked.status, got.status, got.text, audit]);
  }
  expect(answers[0]).toEqual(answers[1]);
  expect(answers[0]![3]).toEqual([{ action: 'printed', outcome: 'nothing-found', person: null, shown: { page: 'person', by: 'browser' } }]);
});

it.each([
  ['ig.officer', '/people/PERSON/printed/person'],
  ['ig.officer', '/printed/results'],
  ['amara.okafor', '/printed/audit'],
  ['amara.okafor', '/printed/two-records'],
  ['amara.okafor', '/printed/problems'],
])('is refused and on record for whom the page is not: %s, %s', async (reader, path) => {
  const got = await post(path.replace('PERSON', child.person), reader);
  expect([got.status, (await left(got)).map(({ action, outcome }) => [action, outcome])]).toEqual([403, [['printed', 'denied']]]);
});

it('is for officers and managers what they print of the audit', async () => {
  for (const reader of ['ig.officer', 'priya.nair']) {
    const got = await post(paperOf(await app.get('/audit', reader))!, reader);
    expect(await left(got)).toEqual([{ action: 'printed', outcome: 'done', person: null, shown: { page: 'audit', by: 'browser' } }]);
  }
});

it('takes no page that there is not, and nothing another site sends', async () => {
  for (const path of [
    '/printed/help',
    '/printed/constructor',
    `/people/${child.person}/printed/results`,
    '/people/somebody/printed/person',
  ])
    expect([path, (await post(path)).status]).toEqual([path, 404]);
  const sent = await post(`/people/${child.person}/printed/person`, 'amara.okafor', { origin: 'https://elsewhere.example' });
  expect([sent.status, await left(sent)]).toEqual([403, []]);
});

it('does not say that it is on record where it is not', async () => {
  await withoutAudit(app.env.AUDIT_URL!, async () => {
    for (const path of [`/people/${child.person}/printed/person`, '/printed/results']) expect((await post(path)).status).toBe(503);
  });
});

it('leaves a restricted record open that was opened by the separate way in', async () => {
  const hidden = await app.people.record({ restriction: 'restricted' });
  const priya = await Visitor.signedIn(app.url, 'priya.nair');
  const fields = { caseId: hidden.recordId, why: 'strategy-meeting', words: '', reference: 'C-9' };
  await priya.send('/restricted', { method: 'POST', body: new URLSearchParams(fields) });
  const paper = /data-paper="([^"]*)"/.exec(await priya.read(`/people/${hidden.person}`))![1]!;
  const got = await priya.send(paper, { method: 'POST' });
  expect(got.status).toBe(204);
  expect(await app.auditOf({ headers: got.headers } as Got)).toMatchObject([
    { action: 'printed', outcome: 'done', person: hidden.person, shown: { overridden: true } },
  ]);
  expect((await priya.open(`/people/${hidden.person}`)).status).toBe(200);
});
