/** Services, sources and facts of which a panel says a state: a test names what matters to it. */
import type { ServiceShown } from '../../apps/query/src/authority.js';
import { freshnessOf, type SourceHeard } from '../../apps/query/src/source-freshness.js';
import type { Looked, Situation } from '../../apps/query/src/view-person/service-state.js';

export const NOW = Date.UTC(2026, 10, 23, 9, 0);
export const minutes = (count: number) => count * 60_000;
const desk = { name: 'the desk', phone: '01632 960 141', outOfHoursPhone: '01632 960 101' };

export const shown = (changed: Partial<ServiceShown> = {}): ServiceShown => ({
  service: 'other',
  display: 'shown',
  fromAge: undefined,
  toAge: undefined,
  saysCurrent: true,
  offencesAtMost: 3,
  noticesWithinMonths: 12,
  matchedWithCare: false,
  conditions: 'Anything.',
  ...changed,
});
const SERVICES_SHOWN = {
  'children’s social care': shown({ service: 'childrens-social-care' }),
  school: shown({ service: 'school', fromAge: 4, toAge: 20 }),
  housing: shown({ service: 'housing', fromAge: 16 }),
  police: shown({ service: 'police', fromAge: 18, saysCurrent: false }),
};

const FRESHNESS = {
  fresh: { lastHeardAt: NOW - minutes(1), completeTo: NOW - minutes(10) },
  late: { lastHeardAt: NOW - minutes(60 * 100), completeTo: NOW - minutes(60 * 100) },
  'never heard': { lastHeardAt: null, completeTo: null },
  'heard, but never said complete': { lastHeardAt: NOW - minutes(1), completeTo: null },
};
export const looked = (freshness: keyof typeof FRESHNESS, changed: Partial<Looked> = {}, heard: Partial<SourceHeard> = {}): Looked => ({
  freshness: freshnessOf(
    {
      id: 'childview',
      name: 'ChildView',
      service: 'other',
      expectedEvery: 900,
      silence: 1800,
      alarmDropShare: 0.2,
      alarmDropAtLeast: 20,
      desk,
    },
    { coversFrom: null, coversTo: null, area: null, matched: true, heldBack: false, dropped: null, ...FRESHNESS[freshness], ...heard },
    NOW,
  ),
  states: null,
  outOfArea: false,
  possibleMatch: null,
  heldBackSince: null,
  ...changed,
});

export const FEWER_RECORDS = { dropped: { what: 'records' as const, since: NOW - minutes(5) } };
export const FEWER_OPEN = { dropped: { what: 'open-involvements' as const, since: NOW - minutes(5) } };

export const FACTS = {
  open: { open: 1, closed: 1, lastClosedOn: '2020-01-01' },
  ended: { open: 0, closed: 2, lastClosedOn: '2025-03-14' },
  'ended, no date': { open: 0, closed: 1, lastClosedOn: null },
  none: { open: 0, closed: 0, lastClosedOn: null },
};
export const situation = (
  service: keyof typeof SERVICES_SHOWN,
  age: number | null | { youngest: number; oldest: number },
  facts: keyof typeof FACTS,
  sources: Looked[],
  changed: Partial<Situation> = {},
): Situation => ({
  rule: SERVICES_SHOWN[service],
  age: typeof age === 'number' ? { youngest: age, oldest: age } : age,
  ...FACTS[facts],
  beginsOn: null,
  knownToReader: false,
  wrongMatch: false,
  wellIdentified: true,
  sources,
  ...changed,
});
