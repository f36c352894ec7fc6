import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { QueryApp } from '../../../test/support/query-app.js';
import { born, madeUpName, name } from '../../../test/support/stored-people.js';
import { Authority, knownSourcesByService } from './authority.js';

const written = JSON.parse(readFileSync('deploy/authority/northbridge.json', 'utf8')) as {
  services: { service: string }[];
  sources: { id: string }[];
};
const withAlso = (alsoFor?: string[], shown: Record<string, object> = {}) => ({
  ...written,
  services: written.services.map((rule) => ({ ...rule, ...shown[rule.service] })),
  sources: written.sources.map((source) => (source.id === 'liquidlogic' ? { ...source, alsoFor } : source)),
});

let app: QueryApp;
beforeAll(async () => {
  const file = join(mkdtempSync(join(tmpdir(), 'authority-')), 'authority.json');
  writeFileSync(file, JSON.stringify(withAlso(['childrens-social-care'])));
  app = await QueryApp.open({ AUTHORITY_FILE: file });
});
afterAll(() => app?.close());

const HOURS = 3_600_000;
const someone = () => app.people.record({ names: [name(madeUpName(), madeUpName())], dateOfBirth: born('2014-01-02') });
const panelOf = async (person: string, service: string) =>
  (await app.get(`/v1/people/${person}`)).body.result.panels.find((panel) => panel.service === service)!;

describe('A source that speaks for two services', () => {
  it('is looked at for each: where it is silent about one, nothing is said to be found nowhere', async () => {
    const { person } = await someone();
    await app.people.checked('liquidlogic', 'childrens-social-care', { at: Date.now() - 9 * HOURS });
    expect(await panelOf(person, 'childrens-social-care')).toMatchObject({
      database: 'Mosaic and LiquidLogic',
      state: { kind: 'not-checked', reason: 'source-late' },
    });
    expect((await panelOf(person, 'early-help')).state.kind).toBe('nothing-found');
    await app.people.checked('liquidlogic', 'childrens-social-care');
    expect((await panelOf(person, 'childrens-social-care')).state.kind).toBe('nothing-found');
  });

  it('lays its own staleness over what it states, closed and opened', async () => {
    const { subject, person } = await someone();
    await app.people.involvement(subject, { source: 'liquidlogic', service: 'childrens-social-care' });
    await app.people.checked('liquidlogic', 'childrens-social-care', { at: Date.now() - 9 * HOURS });
    const { body } = await app.get(`/v1/people/${person}/services/childrens-social-care`);
    expect((await panelOf(person, 'childrens-social-care')).state.words).toMatch(/^Involved when last checked, /);
    expect(JSON.stringify(body)).toContain('"stateWords":"Involved when last checked, ');
    await app.people.checked('liquidlogic', 'childrens-social-care');
    expect((await panelOf(person, 'childrens-social-care')).state.words).toBe('Involved now');
  });
});

test('a source that states something of a service it is not set to is named, and has not said how far it sees', async () => {
  const { subject, person } = await someone();
  await app.people.involvement(subject, { source: 'synergy', service: 'early-help', status: 'closed', closedOn: '2025-03-14' });
  expect(await panelOf(person, 'early-help')).toMatchObject({
    database: 'Cluster lists, LiquidLogic and Synergy',
    state: { words: 'Involved before, ended 14 Mar 2025; now not checked: Synergy has not said how far it sees' },
  });
});

test('nor is it named by it where nothing may be told', async () => {
  const { subject, person } = await someone();
  await app.people.involvement(subject, { source: 'synergy', service: 'drug-and-alcohol' });
  await app.people.involvement(subject, { source: 'synergy', service: 'police' });
  expect(await panelOf(person, 'drug-and-alcohol')).toMatchObject({ database: '', sources: [] });
  expect(await panelOf(person, 'police')).toMatchObject({ database: 'Niche', state: { reason: 'age-rule' } });
});

describe('Settings', () => {
  const wrong = (settings: object) => Authority.safeParse(settings).error?.issues.map(({ message }) => message);

  it('tell of no service that is hidden', () => {
    const settings = Authority.parse(withAlso(['childrens-social-care', 'police'], { police: { display: 'hidden' } }));
    const told = knownSourcesByService(settings).filter(({ id }) => id === 'liquidlogic');
    expect(told.map(({ service }) => service)).toEqual(['early-help', 'childrens-social-care']);
  });

  it('are refused where a service is named twice, or the own one is not shown', () => {
    expect(wrong(withAlso(['early-help']))).toEqual(['source liquidlogic speaks for service early-help twice']);
    expect(wrong(withAlso(['school'], { 'early-help': { display: 'hidden' } }))).toEqual([
      'source liquidlogic speaks also for others, and its own service early-help is not shown',
    ]);
  });
});
