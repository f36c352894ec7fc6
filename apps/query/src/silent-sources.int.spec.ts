import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { QueryApp } from '../../../test/support/query-app.js';
import { address, born, madeUpName, name } from '../../../test/support/stored-people.js';

const northbridge = JSON.parse(readFileSync('deploy/authority/northbridge.json', 'utf8')) as {
  services: { service: string; display?: string }[];
  sources: object[];
};
const DISPLAYS: Record<string, object> = {
  police: { display: 'no-agreement' },
  'youth-offending': { display: 'hidden' },
  'early-help': { display: 'broker', broker: { name: 'the broker', phone: '01632 960 199', outOfHoursPhone: '01632 960 198' } },
};
const services = northbridge.services.map((shown) => ({ ...shown, ...DISPLAYS[shown.service] }));
// Its own service is not shown here, so it can't speak for another.
const sources = northbridge.sources.map((source) => ({ ...source, alsoFor: undefined }));

let app: QueryApp;
beforeAll(async () => {
  const file = join(mkdtempSync(join(tmpdir(), 'authority-')), 'authority.json');
  writeFileSync(file, JSON.stringify({ ...northbridge, services, sources }));
  app = await QueryApp.open({ AUTHORITY_FILE: file });
});
afterAll(() => app?.close());

describe.each([
  ['niche', 'Niche'],
  ['childview', 'ChildView'],
  ['cluster-lists', 'Cluster lists'],
])('A source whose service is hidden, a broker’s, or has no agreement: %s', (source, database) => {
  it('adds no name, address or date to who a person is, and finds nobody', async () => {
    const [family, alias, street] = [madeUpName(), madeUpName(), madeUpName()];
    const { person } = await app.people.record({ names: [name(family, 'Ada')], dateOfBirth: born('1990-01-02') });
    await app.people.record({
      person,
      source,
      names: [name(family, 'Ada'), { ...name(alias, 'Ada'), kind: 'alias' }],
      dateOfBirth: born('1991-01-02'),
      addresses: [address(`9 ${street}`, 'NB4 2QT')],
    });
    const { body } = await app.get(`/v1/people/${person}`);
    const identity = JSON.stringify(body.result.identity);
    for (const word of [database, alias, street, '1991']) expect(identity).not.toContain(word);
    const totalOf = async (terms: object) => (await app.search(terms)).body.result.total;
    expect(await totalOf({ familyName: alias })).toBe(0);
    expect(await totalOf({ familyName: family, postcode: 'NB4 2QT' })).toBe(0);
    expect(await totalOf({ familyName: family })).toBe(1);
  });

  it('keeps an address hidden that is confidential to it, wherever else it is stated', async () => {
    const [family, street] = [madeUpName(), madeUpName()];
    const hidden = address(`9 ${street}`, 'NB7 7ZZ');
    const { person } = await app.people.record({ names: [name(family, 'Ada')], addresses: [hidden] });
    await app.people.record({ person, source, names: [name(family, 'Ada')], addresses: [{ ...hidden, confidential: true }] });
    const answers = ['', '/addresses', '/family'].map((rest) => app.get(`/v1/people/${person}${rest}`));
    for (const { status, text } of await Promise.all([...answers, app.search({ familyName: family })])) {
      expect(status).toBe(200);
      expect(text).not.toContain(street);
    }
  });

  it('makes nobody known by itself, and its restrictions count', async () => {
    const only = await app.people.record({ source });
    expect((await app.get(`/v1/people/${only.person}`)).status).toBe(404);
    const { person } = await app.people.record();
    await app.people.record({ person, source, restriction: 'sealed' });
    expect((await app.get(`/v1/people/${person}`)).status).toBe(404);
  });
});

it('a service with a broker says of everybody alike whom to ring, known to it or not, by page and by REST', async () => {
  const { person, subject } = await app.people.record({ dateOfBirth: born('2012-05-12') });
  const paths = ['', '/services/early-help', '/relationships'].map((rest) => `/v1/people/${person}${rest}`);
  const pages = [`/people/${person}`, `/people/${person}/services/early-help`];
  const all = async () => [
    ...(await Promise.all(paths.map(async (path) => (await app.get(path)).body.result))),
    ...(await Promise.all(pages.map(async (path) => (await app.get(path)).text))),
  ];
  const unknown = await all();
  const there = await app.people.record({ person, source: 'cluster-lists' });
  await app.people.involvement(there.subject, { source: 'cluster-lists', service: 'early-help' });
  await app.people.involvement(subject, { service: 'early-help' });
  await app.people.parked(there.subject, 'cluster-lists');
  expect(await all()).toEqual(unknown);
  expect(JSON.stringify(unknown[0])).toContain('Not checked: ring the broker, 01632 960 199, out of hours 01632 960 198');
  expect(JSON.stringify(unknown)).not.toContain('Cluster lists');
});

it('a hidden service is not among the sources an answer speaks of; one without agreement is', async () => {
  const { person } = await app.people.record();
  const { body, text } = await app.get(`/v1/people/${person}`);
  const sources = body.sources.map(({ source }) => source);
  expect(sources).toContain('niche');
  expect(sources).not.toContain('childview');
  expect(text).not.toContain('ChildView');
});
