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
    signIn: { claims: { id: 'sub', name: 'name', team: 'team', role: 'role' }, roles: { worker: 'social-worker' } },
  });

test('the ages a service is shown for are said in words', () => {
  const conditions = 'A record.';
  const authority = authorityWith([
    { service: 'police', fromAge: 18, conditions },
    { service: 'school', fromAge: 4, toAge: 20, conditions },
    { service: 'childrens-centre', toAge: 5, conditions },
    { service: 'early-help', conditions },
    { service: 'probation', display: 'no-agreement', conditions },
    { service: 'drug-and-alcohol', display: 'broker', broker: desk, conditions },
  ]);
  expect(servicesOf(authority).map(({ name, shownFor }) => `${name}: ${shownFor}`)).toEqual([
    'Police: shown from age 18',
    'School: shown for ages 4 to 20',
    'Children’s centre: shown up to age 5',
    'Early help: shown for all ages',
    'Probation: not shown: there is no agreement to share it',
    'Drug and alcohol: not shown: whoever needs to know asks its own desk',
  ]);
});

test('a service that the authority hides is named nowhere', () => {
  const authority = authorityWith([
    { service: 'police', conditions: 'A record.' },
    { service: 'drug-and-alcohol', display: 'hidden', conditions: 'A plan.' },
  ]);
  expect(servicesOf(authority).map(({ service }) => service)).toEqual(['police']);
});
