/** What no tool checks: a route that nobody has thought of with the audit in mind fails here, and so the build. */
import { readdirSync, readFileSync } from 'node:fs';
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { type Got, QueryApp } from '../../../test/support/query-app.js';
import type { Contract, World } from '../../../test/support/every-route/contract.js';
import { OF_EVERYBODY } from '../../../test/support/every-route/everybody.js';
import { OF_FAMILIES } from '../../../test/support/every-route/families.js';
import { OF_OTHER_ROLES } from '../../../test/support/every-route/other-roles.js';
import { everyRoute } from '../../../test/support/routes.js';
import { Visitor } from '../../../test/support/visitor.js';
import { madeUpName, name } from '../../../test/support/stored-people.js';

const CONTRACTS = { ...OF_EVERYBODY, ...OF_FAMILIES, ...OF_OTHER_ROLES };

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
    const leaving = await Visitor.signedIn(app.url, 'amara.okafor');
    const got = await app.send(route.split(' ')[1]!.replace(':person', world.person), {
      method: 'POST',
      body: new URLSearchParams(fields),
      headers: leaving.header,
    });
    expect([got.status, await actionsOf(got)]).toEqual([303, [acts]]);
  });
});
