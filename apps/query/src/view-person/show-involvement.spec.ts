import { expect, test } from '@jest/globals';
import { NOW, shown } from '../../../../test/support/service-situations.js';
import { loadAuthority, type ServiceShown } from '../authority.js';
import type { StoredInvolvement } from './read-involvements.js';
import { involvementShown } from './show-involvement.js';

const told = { authority: loadAuthority('deploy/authority/northbridge.json'), sources: [], now: NOW };
const matter = (on: string | null) => ({ state: 'closed' as const, on });
const tenancy: StoredInvolvement = {
  involvementId: 'I-1',
  subject: '0b7f9c1e-0d4a-4b43-9d3f-5a1f2f3c4d5e',
  source: 'northbridge-homes',
  status: 'closed',
  closedOn: '2026-03-14',
  openedOn: '2019-01-01',
  organisation: null,
  team: null,
  teamPhone: null,
  practitioner: null,
  coordinating: false,
  details: {
    school: null,
    adultSocialCare: null,
    housing: {
      association: null,
      tenancyStartedOn: null,
      antiSocialBehaviour: null,
      rentArrears: null,
      noticeSeekingPossession: matter('2025-03-01'),
      eviction: matter(null),
    },
    police: null,
    notInEducation: null,
    generic: null,
  },
};
const housingBy = (rule: Partial<ServiceShown>) => involvementShown(tenancy, shown({ service: 'housing', ...rule }), told);

test.each([
  [12, 'last 12 months', 'No records'],
  [24, 'last 24 months', 'Yes, case closed'],
  [1, 'last month', 'No records'],
])('notices and evictions within %i months, as it is set', (noticesWithinMonths, words, notice) => {
  expect(housingBy({ noticesWithinMonths }).housing).toMatchObject({
    noticesWithinWords: words,
    noticeSeekingPossession: { words: notice },
    eviction: { words: `Not known whether in the ${words}` },
  });
});

test.each([
  ['2028-02-29', 12, '2027-02-28', '2027-02-27'],
  ['2026-08-31', 6, '2026-02-28', '2026-02-27'],
  ['2026-11-28', 12, '2025-11-28', '2025-11-27'],
])('on %s the last %i months begin with %s, and not sooner', (today, noticesWithinMonths, within, before) => {
  const said = (on: string) => {
    const housing = { ...tenancy.details!.housing!, eviction: matter(on) };
    const involvement = { ...tenancy, details: { ...tenancy.details!, housing } };
    const now = Date.parse(`${today}T12:00:00Z`);
    return involvementShown(involvement, shown({ service: 'housing', noticesWithinMonths }), { ...told, now }).housing!.eviction.words;
  };
  expect([said(within), said(before)]).toEqual(['Yes, case closed', 'No records']);
});

test('a service that says nothing current says of nothing that it has ended', () => {
  expect(housingBy({})).toMatchObject({ state: 'closed', kind: 'involved-before', closedOn: '2026-03-14' });
  const { state, kind, stateWords, closedOn, openedOn } = housingBy({ saysCurrent: false });
  expect([state, kind, stateWords, closedOn, openedOn]).toEqual([null, 'records-held', 'Records held', null, '2019-01-01']);
});

const detailed = (details: Partial<NonNullable<StoredInvolvement['details']>> | null): StoredInvolvement => ({
  ...tenancy,
  details: details && { ...tenancy.details!, housing: null, ...details },
});

test('a case that is open is recent however long ago it began', () => {
  const open = { state: 'open' as const, on: '2019-05-01' };
  const housing = { ...tenancy.details!.housing!, noticeSeekingPossession: open, eviction: open };
  const said = involvementShown(detailed({ housing }), shown({ service: 'housing' }), told).housing!;
  expect([said.noticeSeekingPossession, said.eviction]).toEqual([
    { words: 'Yes, case open', on: '2019-05-01' },
    { words: 'Yes, case open', on: '2019-05-01' },
  ]);
});

test.each([
  ['without its details', detailed({})],
  ['never described', detailed(null)],
])('what was sent %s says so, and not "none"', (_, sent) => {
  const { housing } = involvementShown(sent, shown({ service: 'housing' }), told);
  const notSaid = { words: 'Not said by the source', on: null };
  expect(housing).toMatchObject({
    antiSocialBehaviour: notSaid,
    rentArrears: notSaid,
    noticeSeekingPossession: notSaid,
    eviction: notSaid,
  });
  const { police } = involvementShown(sent, shown({ service: 'police' }), told);
  expect(police).toMatchObject({ area: null, offences: null, nonSafeguarding: null, moreNotListed: false });
});

test('no facts are shown of services with which none were agreed, whatever is sent', () => {
  const generic = { kind: 'Youth rehabilitation order', lastInvolvementStartedOn: '2026-01-02', lastInteractionOn: null };
  const said = (service: ServiceShown['service']) => involvementShown(detailed({ generic }), shown({ service }), told).generic;
  expect(said('health-visitor')).toEqual(generic);
  expect([said('childrens-social-care'), said('youth-offending'), said('early-help')]).toEqual([null, null, null]);
});

test('what had ended before it was to begin never began', () => {
  const over = (openedOn: string, closedOn: string) =>
    involvementShown({ ...tenancy, openedOn, closedOn }, shown({ service: 'housing' }), told);
  expect(over('2027-09-01', '2026-03-14')).toMatchObject({ kind: 'involved-before', neverBegan: true });
  expect(over('2026-03-14', '2026-03-14')).toMatchObject({ neverBegan: false });
});
