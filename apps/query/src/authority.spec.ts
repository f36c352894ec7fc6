import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { changedAuthority, servicesThatSayLeast } from '../../../test/support/changed-authority.js';
import { loadAuthority, sourcesAnsweredBy } from './authority.js';
import type { Role } from './sign-in/reader.js';

/** The file as somebody edits it: whatever stands there. */
interface Written {
  services: Record<string, unknown>[];
  sources: Record<string, unknown>[];
  caseManagementSystem: string;
  journeys: string[];
  searchBy: string[];
  linksFrom: string[];
  auditKeptFor?: string;
  inWriting?: { post?: string };
}

function loading(change: (settings: Written) => unknown) {
  const settings = JSON.parse(readFileSync('deploy/authority/northbridge.json', 'utf8')) as Written;
  change(settings);
  const file = join(mkdtempSync(join(tmpdir(), 'authority-')), 'authority.json');
  writeFileSync(file, JSON.stringify(settings));
  return (o?: { production: boolean }) => loadAuthority(file, o);
}

describe('The settings of an authority', () => {
  it('of Northbridge have the default display rules', () => {
    const { services, sources } = loadAuthority('deploy/authority/northbridge.json');
    const ages = Object.fromEntries(services.map(({ service, fromAge, toAge }) => [service, [fromAge, toAge]]));
    expect(ages).toEqual({
      'childrens-social-care': [undefined, undefined],
      school: [4, 20],
      'early-help': [undefined, undefined],
      'adult-social-care': [16, undefined],
      housing: [16, undefined],
      'youth-offending': [10, 21],
      'not-in-education': [16, 24],
      police: [18, undefined],
      other: [undefined, undefined],
      'drug-and-alcohol': [undefined, undefined],
    });
    expect(services.filter(({ saysCurrent }) => !saysCurrent).map(({ service }) => service)).toEqual(['police']);
    expect(sources.find(({ id }) => id === 'mosaic')).toMatchObject({ expectedEvery: 900, silence: 1800 });
    expect(sources.find(({ id }) => id === 'synergy')).toMatchObject({ expectedEvery: 86_400, silence: 108_000 });
  });

  it('say no more of a service than what differs from the default rules', () => {
    const least = loadAuthority(changedAuthority({ services: servicesThatSayLeast() }));
    expect(least.services).toEqual(loadAuthority('deploy/authority/northbridge.json').services);
  });

  it('change a default rule by saying so, all ages and "current" too', () => {
    const police = { service: 'police', fromAge: null, saysCurrent: true, conditions: 'A record.' };
    const school = { service: 'school', toAge: null, conditions: 'On a roll.' };
    const care = { service: 'adult-social-care', fromAge: 15, conditions: 'An assessment.' };
    const { services } = loading((settings) => {
      const others = settings.services.filter(({ service }) => !['police', 'school', 'adult-social-care'].includes(String(service)));
      settings.services = [police, school, care, ...others];
    })();
    expect(services.slice(0, 3).map((rule) => [rule.fromAge, rule.toAge, rule.saysCurrent])).toEqual([
      [undefined, undefined, true],
      [4, undefined, true],
      [15, undefined, true],
    ]);
  });

  it.each([[['search-any']], [['child-first']], [['child-first', 'search-any']]])('may have the journeys %j', (journeys) => {
    expect(loading((settings) => (settings.journeys = journeys))().journeys).toEqual(journeys);
  });

  it('ask for names and case IDs alike where they do not say', () => {
    expect(loading(() => undefined)().searchBy).toEqual(['names', 'case-id']);
  });

  it.each([
    [
      'a source of a service that is not listed',
      (s: Written) => (s.services = s.services.filter(({ service }) => service !== 'police')),
      'source niche belongs to service police, which is not listed',
    ],
    ['a case management system that is no source', (s: Written) => (s.caseManagementSystem = 'azeus'), 'azeus is no source'],
    ['a service listed twice', (s: Written) => s.services.push(s.services[0]!), 'childrens-social-care is listed twice'],
    [
      'a source that is late before it is expected',
      (s: Written) => (s.sources[0]!.silence = 'PT1M'),
      'mosaic is late before it is expected',
    ],
    [
      'words for a duration',
      (s: Written) => (s.sources[0]!.expectedEvery = 'daily'),
      'sources › mosaic › expectedEvery: an ISO 8601 duration',
    ],
    [
      'a broker’s service without a broker',
      (s: Written) => delete s.services.at(-1)!.broker,
      'service drug-and-alcohol needs a broker to ring',
    ],
    [
      'a broker of a service that is shown',
      (s: Written) => (s.services.at(-1)!.display = 'shown'),
      'service drug-and-alcohol has a broker but is not set to it',
    ],
    [
      'a service that may be sensitive and does not say how it is displayed',
      (s: Written) => s.services.push({ service: 'probation', conditions: 'An order.' }),
      'services › probation › display: has to be said of a service that may be sensitive: shown, no-agreement, broker, hidden',
    ],
    [
      'a service that is shown from an age on at which it is not shown any more',
      (s: Written) => s.services.push({ service: 'not-in-education', fromAge: 25, conditions: 'Followed up.' }),
      'service not-in-education is shown from age 25 and only up to age 24',
    ],
    ['a misspelt setting', (s: Written) => (s.services[0]!.from_age = 3), 'services › childrens-social-care: there is no field "from_age"'],
    ['a journey nobody knows', (s: Written) => (s.journeys = ['search-nobody']), 'journeys › number 1: one of search-any, child-first'],
    ['no journey at all', (s: Written) => (s.journeys = []), 'journeys: 1 of them at least'],
    ['a journey named twice', (s: Written) => (s.journeys = ['child-first', 'child-first']), 'journeys: names one of them twice'],
    [
      'a name for an origin',
      (s: Written) => (s.linksFrom = ['mosaic.example']),
      'linksFrom › number 1: an address that begins with https:// or http://',
    ],
    ['a page for an origin', (s: Written) => (s.linksFrom = ['https://mosaic.example/case']), 'linksFrom › number 1: must be an origin'],
    ['a period in days', (s: Written) => (s.auditKeptFor = 'P90D'), 'auditKeptFor: must be whole years or months'],
    ['a way to search nobody knows', (s: Written) => (s.searchBy = ['postcode']), 'searchBy › number 1: one of names, case-id'],
    ['an age in quotation marks', (s: Written) => (s.services[1]!.fromAge = '4'), 'services › school › fromAge: a number, not text'],
    ['an age below nought', (s: Written) => (s.services[1]!.fromAge = -4), 'services › school › fromAge: 0 or more'],
    [
      'nothing said of when it shows',
      (s: Written) => (s.services[1]!.conditions = ''),
      'services › school › conditions: text that is not empty',
    ],
    ['a misspelt code', (s: Written) => (s.services[1]!.display = 'hiden'), '(did you mean hidden?)'],
    ['a field left out', (s: Written) => delete s.sources[0]!.silence, 'sources › mosaic › silence: text, which is missing'],
  ])('are refused with %s', (_, change, message) => {
    expect(loading(change)).toThrow(message);
  });

  it.each([
    [
      'a field written twice, of which the last would count',
      (text: string) => text.replace('"fromAge": 18,', '"fromAge": 18, "fromAge": 0,'),
      'services › police › fromAge: written twice',
    ],
    ['a comma too many', (text: string) => text.replace('"child-first"]', '"child-first",]'), /authority\.json is not JSON, a comma or/],
    ['a byte order mark', (text: string) => `\uFEFF${text}`, /authority\.json begins with a byte order mark/],
    ['nothing in the file', () => '', /authority\.json is not JSON/],
  ])('are refused with %s, and the file is named', (_, write, message) => {
    const file = join(mkdtempSync(join(tmpdir(), 'authority-')), 'authority.json');
    writeFileSync(file, write(readFileSync('deploy/authority/northbridge.json', 'utf8')));
    expect(() => loadAuthority(file)).toThrow(message);
  });

  it('are refused where there is no file, in words', () => {
    expect(() => loadAuthority('no-such.json')).toThrow('There is no file of settings at no-such.json.');
  });

  it('name the data analysts wherever they are used: pages ask them what is missing, and nobody else', () => {
    const without = loading((settings) => delete (settings as Partial<Record<'dataAnalysts', unknown>>).dataAnalysts);
    expect(without).toThrow('dataAnalysts: has to be said: who answers, of no source, that an involvement is missing (name, email, team)');
    const incomplete = loading((settings) => Object.assign(settings, { dataAnalysts: { name: 'Asha Devlin', team: 'Data Analysts' } }));
    expect(incomplete).toThrow('dataAnalysts › email: text, which is missing');
  });

  it('name two owners of every source before anybody works by them', () => {
    const without = loading((settings) => {
      delete settings.sources[0]!.owners;
    });
    expect(without).not.toThrow();
    expect(() => without({ production: true })).toThrow('source mosaic needs two owners');
    expect(loading(() => undefined)({ production: true }).sources).toHaveLength(10);
    const twice = loading((settings) => {
      const [first] = settings.sources as { owners: unknown[] }[];
      first!.owners = [first!.owners[0], first!.owners[0]];
    });
    expect(twice).toThrow('source mosaic has one owner twice');
  });

  it('say how long it is kept who looked, before anybody works by them', () => {
    const without = loading((settings) => delete settings.auditKeptFor);
    expect(without().auditKeptFor).toBeUndefined();
    expect(() => without({ production: true })).toThrow('auditKeptFor is missing: how long it is kept who looked');
  });

  it('say how to reach the authority without a telephone, before anybody works by them', () => {
    const without = loading((settings) => delete settings.inWriting);
    expect(without().inWriting).toBeUndefined();
    expect(() => without({ production: true })).toThrow('inWriting is missing: how to ask without a telephone');
    expect(loading((settings) => delete settings.inWriting!.post)).toThrow('inWriting › post: text, which is missing');
  });

  it('say which problems a source publisher answers: those of the own team’s sources, or a data analyst’s of all', () => {
    const authority = loading(() => undefined)();
    const by = (team: string, role: Role = 'source-publisher') => sourcesAnsweredBy({ id: 'x', name: 'X', role, team }, authority);
    expect([by('Schools Data'), by('Data Quality').length, by('Elsewhere'), by('')]).toEqual([['synergy'], 10, [], []]);
    expect([by('Schools Data', 'operations'), by('Data Quality', 'social-worker')]).toEqual([[], []]);
  });
});
