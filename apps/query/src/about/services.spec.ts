import { expect, test } from '@jest/globals';
import { Authority } from '../authority.js';
import { servicesOf } from './services.js';

const desk = { name: 'the desk', phone: '01632 960 100', outOfHoursPhone: '01632 960 101' };
const source = { id: 'niche', name: 'Niche', service: 'police', expectedEvery: 'PT1H', silence: 'PT2H', desk };
const authorityWith = (services: object[]) =>
  Authority.parse({
    name: 'Northbridge Council',
    journeys: ['search-any'],
    caseManagementSystem: 'niche',
    desk,
    services,
    sources: [source],
    dataAnalysts: { name: 'Asha Devlin', email: 'asha.devlin@northbridge.example', team: 'Data Analysts' },
    signIn: { claims: { id: 'sub', name: 'name', team: 'team', role: 'role' }, roles: { worker: 'social-worker' } },
  });

test('the ages a service is shown for are said in words', () => {
  const conditions = 'A record.';
  const authority = authorityWith([
    { service: 'police', conditions },
    { service: 'school', fromAge: 3, conditions },
    { service: 'childrens-centre', display: 'shown', toAge: 5, conditions },
    { service: 'housing', fromAge: null, conditions },
    { service: 'early-help', conditions },
    { service: 'probation', display: 'no-agreement', conditions },
    { service: 'drug-and-alcohol', display: 'broker', broker: desk, conditions },
  ]);
  expect(servicesOf(authority).map(({ name, shownFor }) => `${name}: ${shownFor}`)).toEqual([
    'Police: shown from age 18',
    'School: shown for ages 3 to 20',
    'Children’s centre: shown up to age 5',
    'Housing: shown for all ages',
    'Early help: shown for all ages',
    'Probation: not shown: there is no agreement to share it',
    'Drug and alcohol: not shown: whoever needs to know rings its broker',
  ]);
});

test('what a service leaves out of its facts is said as it is set', () => {
  const limits = (...services: object[]) =>
    servicesOf(authorityWith(services.map((one) => ({ conditions: 'x', ...one })))).map((one) => one.limits);
  const [police, housing, school] = [{ service: 'police' }, { service: 'housing' }, { service: 'school' }];
  expect(limits(police, housing, school)).toEqual([
    ['Nothing is said to be current', 'A maximum of 3 safeguarding offences is listed'],
    ['Notices seeking possession and evictions are those whose case is open, and those of the last 12 months'],
    [],
  ]);
  expect(limits({ ...police, saysCurrent: true, offencesAtMost: 5 }, { ...housing, noticesWithinMonths: 24 })).toEqual([
    ['A maximum of 5 safeguarding offences is listed'],
    ['Notices seeking possession and evictions are those whose case is open, and those of the last 24 months'],
  ]);
});

test('a service that the authority hides is named nowhere', () => {
  const authority = authorityWith([
    { service: 'police', conditions: 'A record.' },
    { service: 'drug-and-alcohol', display: 'hidden', conditions: 'A plan.' },
  ]);
  expect(servicesOf(authority).map(({ service }) => service)).toEqual(['police']);
});
