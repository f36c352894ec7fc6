import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { doubt } from '../../../test/support/doubted-people.js';
import { QueryApp } from '../../../test/support/query-app.js';
import { born, madeUpName, name } from '../../../test/support/stored-people.js';
import { Authority, knownSourcesByService } from './authority.js';

const written = JSON.parse(readFileSync('deploy/authority/northbridge.json', 'utf8')) as {
  services: { service: string }[];
  sources: { id: string }[];
  desk: object;
};
const withAlso = (alsoFor?: string[], shown: Record<string, object> = {}) => ({
  ...written,
  services: written.services.map((rule) => ({ ...rule, ...shown[rule.service] })),
  sources: written.sources.map((source) => (source.id === 'liquidlogic' ? { ...source, alsoFor } : source)),
});

let app: QueryApp;
beforeAll(async () => {
  app = await QueryApp.open();
});
afterAll(() => app?.close());

const HOURS = 3_600_000;
const SPOKEN_FOR = ['early-help', 'childrens-social-care'];
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

  it.each(SPOKEN_FOR)('holds back for each what it sent about anybody, or about this person: %s', async (service) => {
    const { subject, person } = await someone();
    await app.people.parked(randomUUID(), 'liquidlogic');
    expect((await panelOf(person, service)).state).toMatchObject({ kind: 'not-checked', reason: 'held-back' });
    await app.people.pool.query('DELETE FROM read_1.parked');
    await app.people.parked(subject, 'liquidlogic');
    expect(await panelOf(person, service)).toMatchObject({
      state: { kind: 'not-checked', reason: 'held-back' },
      heldBackWords: expect.stringMatching(/^Something LiquidLogic sent about this person has been held back since /) as string,
    });
    await app.people.pool.query('DELETE FROM read_1.parked');
    expect((await panelOf(person, service)).state.kind).toBe('nothing-found');
  });

  it.each(SPOKEN_FOR)('is missed in each when it holds far fewer records than before: %s', async (service) => {
    const { person } = await someone();
    const control = (statement: string) => app.people.pool.query(statement);
    await control(`INSERT INTO control.alarm (code, source, details) VALUES ('source-dropped', 'liquidlogic', '{"what": "records"}')`);
    expect((await panelOf(person, service)).state).toMatchObject({ kind: 'not-checked', reason: 'source-dropped' });
    await control(`DELETE FROM control.alarm`);
    expect((await panelOf(person, service)).state.kind).toBe('nothing-found');
  });

  it.each(SPOKEN_FOR)('tells each that what a record of it says is not shown while it is doubted: %s', async (service) => {
    const { person } = await someone();
    const theirs = await app.people.record({ source: 'liquidlogic', person });
    await doubt(app, person, theirs.subject);
    // As of a service that is matched with care.
    await app.people.pool.query('UPDATE decided.doubt SET hides = true WHERE subject = $1', [theirs.subject]);
    expect((await panelOf(person, service)).state.reason).toBe('wrong-match-awaiting-review');
    expect((await panelOf(person, 'school')).state.kind).toBe('nothing-found');
  });

  it('is not believed of the other to have found nothing, while something that ended may be of either', async () => {
    const { subject, person } = await someone();
    await app.people.involvement(subject, { source: 'liquidlogic', described: false, status: 'closed', closedOn: '2025-03-14' });
    expect((await panelOf(person, 'early-help')).state.words).toBe('Involved before, ended 14 Mar 2025');
    expect((await panelOf(person, 'childrens-social-care')).state).toMatchObject({ kind: 'not-checked', reason: 'held-back' });
    expect((await panelOf(person, 'school')).state.kind).toBe('nothing-found');
  });

  it('has of its own service alone kept, with a look, how fresh it was', async () => {
    const { person } = await someone();
    await app.people.checked('liquidlogic', 'childrens-social-care', { at: Date.now() - 9 * HOURS });
    const [look] = await app.auditOf(await app.get(`/v1/people/${person}`));
    expect(look?.freshness).toMatchObject({ liquidlogic: { late: false } });
    await app.people.checked('liquidlogic', 'childrens-social-care');
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

  it.each([{ display: 'hidden' }, { display: 'broker', broker: written.desk }])('tell of no service that is %j', (shown) => {
    const settings = Authority.parse(withAlso(['childrens-social-care', 'police'], { police: shown }));
    const told = knownSourcesByService(settings).filter(({ id }) => id === 'liquidlogic');
    expect(told.map(({ service }) => service)).toEqual(['early-help', 'childrens-social-care']);
  });

  it('are refused where a service is named twice, is not listed, or the own one is not shown', () => {
    expect(wrong(withAlso(['probation']))).toEqual(['source liquidlogic speaks also for service probation, which is not listed']);
    expect(wrong(withAlso(['early-help']))).toEqual(['source liquidlogic speaks for service early-help twice']);
    expect(wrong(withAlso(['school'], { 'early-help': { display: 'hidden' } }))).toEqual([
      'source liquidlogic speaks also for others, and its own service early-help is not shown',
    ]);
  });
});
