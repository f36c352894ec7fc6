import { expect, test } from '@jest/globals';
import { openPages } from '../../../../test/support/pages.js';
import { anIdentity, anInvolvement, aPanel, aState, PERSON } from '../../../../test/support/person-shown.js';
import type { InvolvementShown } from './involvement-shown.js';

const ON = '2026-03-14';
const matter = { words: 'Yes, case open', on: ON };
const generic = { kind: 'mentoring', lastInvolvementStartedOn: ON, lastInteractionOn: ON };
const everything: Partial<InvolvementShown> = { organisation: 'The organisation', closedOn: ON };
const SHOWN: Record<string, Partial<InvolvementShown>> = {
  school: { school: { schoolName: 'Mill Lane', admissionType: 'Main', contactNumber: '01632 960 119' } },
  'adult-social-care': { adultSocialCare: { lastInvolvementStartedOn: ON, lastInteractionOn: ON } },
  housing: {
    housing: {
      association: 'Northbridge Homes',
      tenancyStartedOn: ON,
      antiSocialBehaviour: matter,
      rentArrears: matter,
      noticesWithinWords: 'last 12 months',
      noticeSeekingPossession: matter,
      eviction: matter,
    },
  },
  police: {
    kind: 'records-held',
    closedOn: null,
    police: { area: 'North', offences: [], moreNotListed: false, maximumWords: 'A maximum of 3 will be listed', nonSafeguarding: true },
  },
  'not-in-education': { notInEducation: { status: 'Not known' } },
  'early-help': {},
  other: { generic },
};

test.each(Object.entries(SHOWN))(
  'the conditions of %s list every fact that an opened panel shows, by the same name',
  async (service, own) => {
    const panel = aPanel(aState('involved-now', 'Involved now'), { service });
    const states: Partial<InvolvementShown>[] = [
      { coordinating: true, state: 'open', beginsAhead: true },
      { coordinating: false, state: 'closed' },
      { coordinating: false, state: 'closed', neverBegan: true },
    ];
    const involvements = states.map((state) => anInvolvement({ ...everything, ...own, ...state }));
    const pages = await openPages({ result: () => ({ identity: anIdentity(), panel, involvements, problems: [] }) });
    const labelsIn = (html: string) =>
      new Set([...html.matchAll(/<dt class="govuk-summary-list__key">([^<]*)/g)].map(([, label]) => label));
    const opened = labelsIn((await pages.get(`/people/${PERSON}/panels/${service}`)).body);
    const conditions = (await pages.get(`/services/${service}`)).body;
    await pages.close();
    expect(labelsIn(conditions.slice(0, conditions.indexOf('whom-to-ask')))).toEqual(opened);
  },
);
