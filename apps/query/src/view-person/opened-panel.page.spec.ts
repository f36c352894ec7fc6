/** How the panels of a person's page are opened and closed, and what stands in an opened one. */
import { expect, test } from '@jest/globals';
import { lookAt } from '../../../../test/support/person-looked-at.js';
import { anInvolvement, aPanel, aPerson, aSource, aState, PERSON } from '../../../../test/support/person-shown.js';
import { OpenPanel } from './open-panel.query.js';

const SCHOOL = aPanel(aState('involved-now', 'Involved now'));
const POLICE = aPanel(aState('records-held', 'Records held'), { service: 'police', serviceName: 'Police', database: 'Niche' });

const SCHOOL_FACTS = { schoolName: 'Mill Lane High School', admissionType: 'Main', contactNumber: '01632 960 125' };

test('all panels are opened by an address that does not say which there are, and each can be closed by itself', async () => {
  const person = aPerson({ panels: [SCHOOL, POLICE] });
  expect((await lookAt(person)).html).toContain(`href="/people/${PERSON}/services/all"`);
  const { html, asked } = await lookAt(person, `/people/${PERSON}/services/all`);
  expect(asked.flatMap((query) => (query instanceof OpenPanel ? [query.service] : []))).toEqual(['school', 'police']);
  expect(html).toContain(`href="/people/${PERSON}/services/police#school"`);
});

test('a closed panel holds nothing of its content, and is not asked', async () => {
  const { text, asked } = await lookAt(aPerson({ panels: [SCHOOL] }));
  expect(text).not.toContain('Priya Nair');
  expect(asked.map((query) => query.constructor.name)).toEqual(['ViewPerson']);
});

test('an opened panel starts with the person to ring, and each open panel is asked by itself', async () => {
  const { html, text, asked } = await lookAt(aPerson({ panels: [SCHOOL, POLICE] }), `/people/${PERSON}/services/school,police`);
  expect(text).toMatch(
    /Contact Priya Nair, pastoral lead 01632 960 118 · priya.nair@northbridge.example Out of hours: .*, 01632 960 101 Involved since 3 Sep 2026/,
  );
  expect(html).toContain('href="tel:01632960118"');
  expect(html).toContain('href="mailto:priya.nair@northbridge.example"');
  expect(asked.map((query) => (query instanceof OpenPanel ? query.service : 'person'))).toEqual(['person', 'school', 'police']);
});

test('where a service has several databases, an opened panel says of each involvement which one it is from, be it the only one', async () => {
  const two = aPanel(SCHOOL.state, { sources: [aSource({ name: 'Synergy' }), aSource({ name: 'SIMS' })], database: 'Synergy and SIMS' });
  const opened = async (panel: typeof SCHOOL, involvements = [anInvolvement()]) =>
    (await lookAt(aPerson({ panels: [panel] }), `/people/${PERSON}/services/school`, involvements)).text;
  const several = [anInvolvement(), anInvolvement({ stateWords: 'Involved before, ended 14 Mar 2025' })];
  const all = await opened(two, several);
  for (const heading of ['Involved now, Synergy Contact', 'Involved before, ended 14 Mar 2025, Synergy Contact'])
    expect(all).toContain(heading);
  expect(await opened(SCHOOL, several)).toContain('Involved before, ended 14 Mar 2025 Contact');
  // The only one has its state said by the panel, and not twice.
  const [alone, ofOne] = [await opened(two), await opened(SCHOOL)];
  expect(alone).toContain('Synergy Contact Priya Nair');
  for (const text of [alone, ofOne]) expect(text.match(/Involved now/g)).toHaveLength(1);
  expect(ofOne).not.toContain('Synergy Contact');
});

test('how far back notices and evictions go is said as it is set', async () => {
  const matter = { words: 'No records', on: null };
  const housing = {
    association: null,
    tenancyStartedOn: null,
    antiSocialBehaviour: matter,
    rentArrears: matter,
    noticesWithinWords: 'last 24 months',
    noticeSeekingPossession: matter,
    eviction: matter,
  };
  const { text } = await lookAt(aPerson({ panels: [SCHOOL] }), `/people/${PERSON}/services/school`, [anInvolvement({ housing })]);
  expect(text).toContain('Notice seeking possession, last 24 months No records Eviction, last 24 months No records');
  expect(text).not.toContain('12 months');
});

test('what the police have not said is no "none"', async () => {
  const police = { area: null, offences: null, moreNotListed: false, maximumWords: 'A maximum of 3 will be listed', nonSafeguarding: null };
  const { text } = await lookAt(aPerson({ panels: [POLICE] }), `/people/${PERSON}/services/police`, [anInvolvement({ police })]);
  expect(text).toContain('Safeguarding offences Not said by the source Non-safeguarding records Not said by the source');
});

test('what ended before it was to begin is not told as having begun', async () => {
  const never = anInvolvement({
    state: 'closed',
    kind: 'involved-before',
    openedOn: '2027-09-01',
    closedOn: '2026-11-01',
    neverBegan: true,
  });
  const { text } = await lookAt(aPerson({ panels: [SCHOOL] }), `/people/${PERSON}/services/school`, [never]);
  expect(text).toContain('Was to begin 1 Sep 2027 Ended 1 Nov 2026');
});

test('a service that only a rule leaves out is quiet: no freshness, and nothing to open even at its own address', async () => {
  const barred = aPanel(aState('not-checked', 'Not checked: shown from age 18', { reason: 'age-rule' }), { service: 'police' });
  const { text } = await lookAt(aPerson({ panels: [barred] }), `/people/${PERSON}/services/police`, []);
  expect(text).toContain('Not checked: shown from age 18 Why, and whom to ask');
  expect(text).not.toContain('Last updated');
});

test('the links of an open page open one more panel, close one, open all and close all', async () => {
  const { html } = await lookAt(aPerson({ panels: [SCHOOL, POLICE] }), `/people/${PERSON}/services/school?search=abc`);
  expect(html).toContain(
    `href="/people/${PERSON}/services/school,police?search=abc#police">+ Open<span class="govuk-visually-hidden"> Police`,
  );
  expect(html).toContain(`href="/people/${PERSON}?search=abc#school">− Close<span class="govuk-visually-hidden"> School`);
  expect(html).toContain(`data-open-all href="/people/${PERSON}/services/all?search=abc">Open all`);
  expect(html).toContain(`data-close-all href="/people/${PERSON}?search=abc">Close all`);
  expect(html).toContain('href="/search/abc" class="govuk-back-link">Back to results');
});

test('when a worker is gone the team is named, or the school, or the desk of the source', async () => {
  const nobody = { ...anInvolvement().contact, name: null, phone: null, email: null };
  const team = anInvolvement({ contact: { ...nobody, team: 'East cluster', teamPhone: '01632 960 131' } });
  const { html, text } = await lookAt(aPerson({ panels: [SCHOOL] }), `/people/${PERSON}/services/school`, [
    team,
    anInvolvement({ contact: nobody, school: SCHOOL_FACTS }),
    anInvolvement({ contact: nobody }),
  ]);
  // Three of one service: each says its own state.
  expect(html.match(/<h4[^>]*>Involved now<\/h4>/g)).toHaveLength(3);
  expect(text).toContain('No worker is named. Ring the team: East cluster, 01632 960 131');
  expect(text).toContain('No worker is named. Ring the school: Mill Lane High School, 01632 960 125');
  expect(text).toContain('Synergy names no one. Ring the Youth Justice desk, 01632 960 141 , out of hours 01632 960 101');
});
