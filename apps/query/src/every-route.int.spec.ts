/** What no tool checks: a route that nobody has thought of with the audit in mind fails here, and so the build. */
import { readdirSync, readFileSync } from 'node:fs';
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { type Got, QueryApp } from '../../../test/support/query-app.js';
import { everyRoute } from '../../../test/support/routes.js';
import { Visitor } from '../../../test/support/visitor.js';
import { madeUpName, name } from '../../../test/support/stored-people.js';

/** What a visit to a route leaves on record, or why it may leave nothing. */
type Contract =
  | { shows: string[]; at: (world: World) => string; notFound?: (world: World) => string }
  | { denied: string }
  | { acts: string; fields: Record<string, string> }
  | { exempt: string };
interface World {
  person: string;
  search: string;
}

/** About one person: an id that nobody has leaves as much on record. */
const shows = (before: string, after: string, ...actions: string[]): Contract => ({
  shows: actions,
  at: ({ person }) => `${before}/${person}${after}`,
  notFound: () => `${before}/${randomUUID()}${after}`,
});
const SAYS_NOTHING = { exempt: 'says nothing of anybody' };
const KEEPS_TERMS = { exempt: 'keeps what was typed, sealed, and shows nothing; the results it leads to are on record' };
/** Operators see tokens, codes, counts and times. That others came is on record, and every act before it is done (operate.int.spec.ts). */
const OPERATIONS: Contract = { denied: 'operated' };

/** What officers read is on record before they are shown it (audit-pages.int.spec.ts); here, that others came. */
const OF_THE_AUDIT: Contract = { denied: 'read-audit' };

/** What the team of a source is shown is on record problem by problem (answer-problems.int.spec.ts); here, that others came. */
const OF_PROBLEMS: Contract = { denied: 'viewed-problem' };

/** What becomes of a source's files and events: that others came is on record (sources.int.spec.ts for the rest). */
const OF_SOURCES: Contract = { denied: 'viewed-source' };
const OF_FILES: Contract = { denied: 'handled-file' };

/** What a steward is shown, and decides, is on record for both people (review-matches.int.spec.ts); here, that others came. */
const OF_MATCHES: Contract = { denied: 'reviewed-match' };

const CONTRACTS: Record<string, Contract> = {
  'GET /health/live': SAYS_NOTHING,
  'GET /health/ready': SAYS_NOTHING,
  'GET /metrics': SAYS_NOTHING,
  'GET /privacy': SAYS_NOTHING,
  'GET /accessibility': SAYS_NOTHING,
  'GET /help': SAYS_NOTHING,
  'GET /glossary': SAYS_NOTHING,
  'GET /whats-new': SAYS_NOTHING,
  'GET /feedback': SAYS_NOTHING,
  'GET /feedback/given': SAYS_NOTHING,
  'POST /feedback': { acts: 'gave-feedback', fields: { category: 'idea', words: 'A larger font on paper' } },
  'GET /what-is-in-the-index': SAYS_NOTHING,
  'GET /services/:service': SAYS_NOTHING,
  'GET /sign-in': SAYS_NOTHING,
  'GET /signed-out': SAYS_NOTHING,
  'GET /': { exempt: 'leads to the page a role is for' },
  'GET /search': { exempt: 'a form, with what the reader has typed there; that others came is on record' },
  'POST /search': KEEPS_TERMS,
  'POST /v1/searches': KEEPS_TERMS,
  'GET /sign-in/begin': { exempt: 'leads to the directory' },
  'GET /sign-in/return': { exempt: 'whoever comes back is signed in or refused, and that is on record (sign-in.int.spec.ts)' },
  'POST /sign-out': { acts: 'signed-out', fields: {} },
  'GET /sign-out': SAYS_NOTHING,
  'GET /sign-out/directory': { exempt: 'leads to the directory' },
  'GET /timed-out': SAYS_NOTHING,
  'GET /session': { exempt: 'says how long the reader’s own session lasts, and prolongs nothing' },
  'POST /session/stay': { exempt: 'prolongs the reader’s own session, whose end is on record with its last use' },
  'GET /session/all': { exempt: 'shows readers where they are signed in themselves' },
  'POST /session/all/end': { acts: 'signed-out', fields: {} },
  'GET /search/:id': { shows: ['searched', 'shown-in-results'], at: ({ search }) => `/search/${search}` },
  'GET /v1/searches/:id': { shows: ['searched', 'shown-in-results'], at: ({ search }) => `/v1/searches/${search}` },
  'GET /people/:person': shows('/people', '', 'viewed-person', 'viewed-relationships'),
  'GET /people/:person/services/:services': shows('/people', '/services/school', 'viewed-person', 'viewed-relationships', 'opened-panel'),
  'GET /people/:person/panels/:service': shows('/people', '/panels/school', 'opened-panel'),
  'GET /people/:person/family': shows('/people', '/family', 'viewed-person'),
  'GET /people/:person/contacts': shows('/people', '/contacts', 'viewed-contacts'),
  'GET /people/:person/addresses': shows('/people', '/addresses', 'viewed-person'),
  'GET /people/:person/why': shows('/people', '/why', 'viewed-person'),
  'GET /v1/people/:id/family': shows('/v1/people', '/family', 'viewed-person'),
  'GET /v1/people/:id/contacts': shows('/v1/people', '/contacts', 'viewed-contacts'),
  'GET /v1/people/:id/addresses': shows('/v1/people', '/addresses', 'viewed-person'),
  'POST /v1/links': KEEPS_TERMS,
  'POST /open': KEEPS_TERMS,
  'GET /links/:id': { exempt: 'looks up a case ID as a search does, which is on record (links.int.spec.ts)' },
  'GET /links/:id/back': { exempt: 'leads back to the system a reader came from' },
  'GET /v1/people/:id': shows('/v1/people', '', 'viewed-person', 'viewed-relationships'),
  'GET /v1/people/:id/relationships': shows('/v1/people', '/relationships', 'viewed-relationships'),
  'GET /v1/people/:id/services/:service': shows('/v1/people', '/services/school', 'opened-panel'),
  'GET /people/:person/panels/:service/problem': shows('/people', '/panels/childrens-social-care/problem', 'opened-panel'),
  'POST /people/:person/panels/:service/problem': { exempt: 'is on record as reported-problem (report-problem.int.spec.ts)' },
  'POST /v1/people/:id/services/:service/problems': { exempt: 'is on record as reported-problem (report-problem.int.spec.ts)' },
  'GET /problems': OF_PROBLEMS,
  'GET /problems/:problem': OF_PROBLEMS,
  'POST /problems/:problem': OF_PROBLEMS,
  'GET /v1/problems': OF_PROBLEMS,
  'GET /matches': { denied: 'listed-matches' },
  'GET /matches/:one/:other': OF_MATCHES,
  'POST /matches/:one/:other': OF_MATCHES,
  'POST /matches/:one/:other/taken-back': OF_MATCHES,
  'GET /matches/:one/:other/known': OF_MATCHES,
  'POST /matches/:one/:other/known': OF_MATCHES,
  'GET /sources': OF_SOURCES,
  'GET /sources/:source': OF_SOURCES,
  'GET /v1/sources/:source': OF_SOURCES,
  'GET /sources/:source/files': OF_SOURCES,
  'GET /sources/:source/files/new': OF_FILES,
  'POST /sources/:source/files': OF_FILES,
  'GET /sources/:source/files/:file': OF_SOURCES,
  'GET /sources/:source/files/:file/problems': OF_SOURCES,
  'POST /sources/:source/files/:file/confirmation': OF_FILES,
  'POST /sources/:source/files/:file/approval': OF_FILES,
  'GET /caseload': { shows: ['shown-in-results'], at: () => '/caseload' },
  'GET /people/:person/doubt': shows('/people', '/doubt', 'viewed-person'),
  'POST /people/:person/doubt': { exempt: 'is on record as raised-doubt (doubt-record.int.spec.ts)' },
  'POST /people/:person/doubt/withdrawn': { exempt: 'is on record as withdrew-doubt (doubt-record.int.spec.ts)' },
  'GET /people/:person/known': { exempt: 'says what a declaration does, and reads nothing; that others came is on record' },
  'POST /people/:person/known': { exempt: 'is on record as declared-known (declare-known.int.spec.ts)' },
  'GET /restricted': { denied: 'overridden' },
  'POST /restricted': { denied: 'overridden' },
  'GET /people/:person/reason': { exempt: 'a form that reads nothing; that others came is on record' },
  'POST /people/:person/reason': { acts: 'gave-reason', fields: { why: 'handover', none: 'yes' } },
  'POST /v1/people/:id/reasons': { exempt: 'is on record, with the reason (give-reason.int.spec.ts)' },
  'GET /audit': OF_THE_AUDIT,
  'POST /audit/questions': OF_THE_AUDIT,
  'GET /audit/questions/:question': OF_THE_AUDIT,
  'GET /audit/questions/:question/csv': OF_THE_AUDIT,
  'GET /audit/people/:person': OF_THE_AUDIT,
  'GET /audit/people/:person/csv': OF_THE_AUDIT,
  'GET /audit/people/:person/report/:level': OF_THE_AUDIT,
  'GET /audit/people/:person/report/:level/csv': { denied: 'exported' },
  'GET /audit/people/:person/exposure': OF_THE_AUDIT,
  'GET /audit/people/:person/exposure/:other': OF_THE_AUDIT,
  'GET /audit/people/:person/exposure/:other/csv': { denied: 'exported' },
  'GET /audit/looks/:list': OF_THE_AUDIT,
  'GET /audit/looks/:list/csv': { denied: 'exported' },
  'GET /audit/entries/:entry': OF_THE_AUDIT,
  'POST /audit/entries/:entry/terms': OF_THE_AUDIT,
  'GET /audit/unusual': OF_THE_AUDIT,
  'POST /audit/unusual': { denied: 'operated' },
  'GET /audit/unusual/:finding': OF_THE_AUDIT,
  'POST /audit/unusual/:finding': OF_THE_AUDIT,
  'GET /settings': OPERATIONS,
  'GET /audit/alerts/:alert': OF_THE_AUDIT,
  'POST /audit/alerts/:alert': OF_THE_AUDIT,
  'GET /audit/export': OF_THE_AUDIT,
  'POST /audit/export': { denied: 'exported' },
  'GET /operations': OPERATIONS,
  'GET /operations/balance': OPERATIONS,
  'GET /operations/generations': OPERATIONS,
  'GET /operations/generations/build': OPERATIONS,
  'POST /operations/generations/build': OPERATIONS,
  'GET /operations/generations/:id/compare': OPERATIONS,
  'POST /operations/generations/:id/compare': OPERATIONS,
  'GET /operations/generations/:id/drop': OPERATIONS,
  'POST /operations/generations/:id/drop': OPERATIONS,
  'GET /operations/generations/:id/switch': OPERATIONS,
  'POST /operations/generations/:id/switch': OPERATIONS,
  'GET /operations/generations/:way': OPERATIONS,
  'POST /operations/generations/:way': OPERATIONS,
  'GET /operations/parked': OPERATIONS,
  'GET /operations/parked/:way': OPERATIONS,
  'POST /operations/parked/:way': OPERATIONS,
  'GET /operations/replay': OPERATIONS,
  'POST /operations/replay': OPERATIONS,
  'GET /operations/replay/:count': OPERATIONS,
  'POST /operations/replay/:count': OPERATIONS,
  'GET /operations/requests': OPERATIONS,
  'GET /operations/requests/:id': OPERATIONS,
  'GET /operations/requests/:id/cancel': OPERATIONS,
  'POST /operations/requests/:id/cancel': OPERATIONS,
  'GET /operations/requests/:id/differences': OPERATIONS,
  'GET /operations/sources': OPERATIONS,
  'GET /operations/sources/:source': OPERATIONS,
};

let app: QueryApp;
let world: World;
beforeAll(async () => {
  app = await QueryApp.open();
  const family = madeUpName();
  const { person, subject } = await app.people.record({ names: [name(family, 'Ada')] });
  await app.people.involvement(subject);
  const search = (await app.keep({ familyName: family })).body.id;
  world = { person, search };
  await app.giveReason(person);
});
afterAll(() => app?.close());

const of = <Kind extends string>(kind: Kind) =>
  Object.entries(CONTRACTS).filter((entry): entry is [string, Extract<Contract, Record<Kind, unknown>>] => kind in entry[1]);
const actionsOf = async (got: Got) => (await app.auditOf(got)).map(({ action }) => action as string);
const outcomesOf = async (got: Got) => [...new Set((await app.auditOf(got)).map(({ outcome }) => outcome as string))];
const asReader = (reader = 'amara.okafor') => app.as(reader);

describe('Every route of the query service', () => {
  it('has an audit contract, or is listed with the reason why it needs none', () => {
    const routes = everyRoute()
      .map(({ route }) => route)
      .sort();
    expect(routes.length).toBeGreaterThan(40);
    expect(routes).toEqual(Object.keys(CONTRACTS).sort());
  });

  it('is a route of Nest: beside them there are only assets and the documentation of /v1', () => {
    const folder = import.meta.dirname;
    const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter(
      (file) => file.endsWith('.ts') && !file.endsWith('.spec.ts'),
    );
    const beside = files.filter((file) =>
      /fastifyStatic|SwaggerModule|\.route\(|server\.(get|post|all)\(/.test(readFileSync(join(folder, file), 'utf8')),
    );
    expect(beside.sort()).toEqual(['http/openapi.ts', 'layout/assets.ts']);
  });
});

describe('A route that shows people', () => {
  it.each(of('shows'))('%s leaves the same on record whichever way it is asked for', async (_, { shows, at }) => {
    const path = at(world);
    const plain = await app.send(path, { headers: await asReader() });
    const ways: Record<string, Got> = {
      HEAD: await app.send(path, { method: 'HEAD', headers: await asReader() }),
      'If-None-Match': await app.send(path, { headers: { ...(await asReader()), 'if-none-match': plain.headers.get('etag') ?? '*' } }),
      'If-Modified-Since': await app.send(path, {
        headers: { ...(await asReader()), 'if-modified-since': new Date(Date.now() + 60_000).toUTCString() },
      }),
      Range: await app.send(path, { headers: { ...(await asReader()), range: 'bytes=0-10' } }),
    };
    expect([plain.status, [...new Set(await actionsOf(plain))]]).toEqual([200, shows]);
    for (const [way, got] of Object.entries(ways)) expect([way, await actionsOf(got)]).toEqual([way, await actionsOf(plain)]);
  });

  it.each(of('shows'))('%s is on record when it is denied', async (_, { shows, at }) => {
    const got = await app.send(at(world), { headers: await asReader('ig.officer') });
    expect([403, 404]).toContain(got.status);
    // A search is its reader's own: for anybody else there is none.
    if (got.status === 403)
      expect([await outcomesOf(got), shows]).toEqual([['denied'], expect.arrayContaining([(await actionsOf(got))[0]])]);
    else expect(got.text).not.toContain(world.person);
  });

  it.each(of('shows').filter(([, { notFound }]) => notFound))('%s is on record when there is nothing to show', async (_, { notFound }) => {
    const got = await app.get(notFound!(world));
    expect([got.status, await outcomesOf(got)]).toEqual([404, ['nothing-found']]);
  });
});

describe('A route of operations, of the audit, of source teams, or of stewards,', () => {
  it.each(of('denied'))('%s is on record when somebody comes without the right', async (route, { denied }) => {
    const [method = '', path = ''] = route.split(' ');
    const filled = path
      .replace(':source', 'mosaic')
      .replace(':list', 'refused')
      .replace(':level', 'roles')
      .replaceAll(/:(question|person|entry|finding|problem|alert|file|one|other)\b/g, () => randomUUID())
      .replace('parked/:way', 'parked/redrive')
      .replace('generations/:way', 'generations/pause')
      .replace(':count', 'count')
      .replace('requests/:id', `requests/${randomUUID()}`)
      .replace(':id', '1');
    const got = await app.send(filled, { method, headers: await asReader() });
    expect([got.status, await actionsOf(got), await outcomesOf(got)]).toEqual([403, [denied], ['denied']]);
  });
});

describe('A route that acts', () => {
  it.each(of('acts'))('%s is on record', async (route, { acts, fields }) => {
    const leaving = new Visitor(app.url);
    await leaving.signIn('amara.okafor');
    const got = await app.send(route.split(' ')[1]!.replace(':person', world.person), {
      method: 'POST',
      body: new URLSearchParams(fields),
      headers: leaving.header,
    });
    expect([got.status, await actionsOf(got)]).toEqual([303, [acts]]);
  });
});
