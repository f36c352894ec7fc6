import { expect, test } from '@jest/globals';
import { openPages, textOf } from '../../../../test/support/pages.js';
import { lookAt } from '../../../../test/support/person-looked-at.js';
import { anIdentity, anInvolvement, aPanel, aPerson, aSource, aState, PERSON } from '../../../../test/support/person-shown.js';

const SCHOOL = aPanel(aState('involved-now', 'Involved now'));

test('each of the five states stands on the page in its own words, with a picture of its own', async () => {
  const states = [
    aState('involved-now', 'Involved now'),
    aState('involved-before', 'Involved before, ended 14 Mar 2025'),
    aState('records-held', 'Records held'),
    aState('nothing-found', 'Checked, nothing found'),
    aState('not-checked', 'Not checked: shown from age 16', { reason: 'age-rule' }),
  ];
  const panels = states.map((state, at) => aPanel(state, { service: `service-${'abcde'[at]}`, serviceName: `Service ${at}` }));
  const { html, text } = await lookAt(aPerson({ panels }));
  for (const { words } of states) expect(text).toContain(words);
  const pictures = [...html.matchAll(/<svg[^]*?<\/svg>/g)].map(([svg]) => svg);
  expect(new Set(pictures).size).toBe(5);
});

test('"Checked, nothing found" leads to what would have shown, "Not checked" to why and whom to ask; neither can be opened', async () => {
  const nothing = aPanel(aState('nothing-found', 'Checked, nothing found'), { service: 'school' });
  const notChecked = aPanel(aState('not-checked', 'Not checked: shown from age 18', { reason: 'age-rule' }), { service: 'police' });
  const { html, text } = await lookAt(aPerson({ panels: [nothing, notChecked] }));
  expect(html).toMatch(/href="\/services\/school\?person=[^"]*">what would have shown<span class="govuk-visually-hidden"> \(School\)/);
  expect(html).toMatch(/href="\/services\/police\?person=[^"]*#age-rule">Why, and whom to ask<span/);
  expect(text).not.toContain('+ Open');
  expect(text).not.toContain('Open all');
});

test('a late source is told above the panels and laid over the state that was last known', async () => {
  const lateWords =
    'This source has not been heard from since 19 Nov 2026 at 23:10. It is expected every 15 minutes. Ring the Youth Justice desk.';
  const late = aPanel(aState('involved-now', 'Involved when last checked, 19 Nov 2026', { stale: true }), {
    service: 'youth-offending',
    sources: [aSource({ late: true, lateWords })],
    lateWords: [lateWords],
  });
  const { html, text } = await lookAt(aPerson({ panels: [late] }));
  expect(text).toContain('One source is late. What has changed there since is missing here.');
  expect(text).toContain('Youth offending: ChildView , known up to 19 Nov 2026 at 23:10');
  expect(text).toContain('Involved when last checked, 19 Nov 2026');
  expect(text).toContain(lateWords);
  expect(html).toContain('ii-panel--late');
});

test('a source that holds far fewer records than before is told above the panels and in its own, whatever the state', async () => {
  const since = Date.parse('2026-11-22T09:14:00Z');
  const droppedWords = 'ChildView holds far fewer records since 22 Nov 2026 at 09:14: some may be missing. Ring the Youth Justice desk.';
  const sources = [aSource({ dropped: { what: 'records', since }, droppedWords })];
  const panel = aPanel(aState('involved-now', 'Involved now'), { service: 'youth-offending', sources, droppedWords: [droppedWords] });
  const { html, text } = await lookAt(aPerson({ panels: [panel] }));
  expect(text).toContain('One source holds far fewer records than before. What has gone there may be missing here.');
  expect(text).toContain('Youth offending: ChildView , since 22 Nov 2026 at 09:14');
  expect(text).toContain(droppedWords);
  expect(html).toContain('ii-panel--problem');
});

test('information that is held back is told, never left out in silence', async () => {
  const heldBackWords = 'Some information about this person from Mosaic has been held back since 21 Nov 2026 at 14:05.';
  const { text } = await lookAt(
    aPerson({ heldBackWords, panels: [aPanel(SCHOOL.state, { heldBack: true, heldBackWords: 'Something Synergy sent is held back.' })] }),
  );
  expect(text).toContain(heldBackWords);
  expect(text).toContain('Something Synergy sent is held back.');
});

test('the numbers that a state or a late source says to ring can be rung', async () => {
  const state = aState('not-checked', 'Not checked: ring the duty desk, 01632 960 180', { reason: 'ask-the-broker' });
  const panels = [aPanel(state), aPanel(SCHOOL.state, { lateWords: ['Ring the Youth Justice desk: 01632 960 141.'] })];
  const { html } = await lookAt(aPerson({ panels, heldBackWords: 'Ring the Front Door: 01632 960 100.' }));
  for (const number of ['01632960180', '01632960141', '01632960100']) expect(html).toContain(`href="tel:${number}"`);
});

test('on paper a possible duplicate has no brackets around the link that is left out', async () => {
  const other = { person: '1c8f9c1e-0d4a-4b43-9d3f-5a1f2f3c4d5e', words: 'BARZANI, Hêvîn' };
  const { html } = await lookAt(aPerson({ possibleDuplicateOf: [other] }));
  expect(html).toContain('Same person?');
  const onPaper = html.replaceAll(/<span class="ii-not-on-paper">.*?<\/a>\)?<\/span>/g, '');
  expect(textOf(onPaper)).toMatch(/Possible duplicate of BARZANI, Hêvîn ?\. What services/);
});

test('names from a source are text and never markup', async () => {
  const nasty = `"><script>alert('x')</script>`;
  const person = aPerson({
    identity: anIdentity({
      title: nasty,
      flags: [nasty],
      address: { ...ADDRESS, words: nasty },
      otherNames: [{ ...NAME, given: [nasty] }],
    }),
    panels: [aPanel(SCHOOL.state, { freshnessWords: [nasty], database: nasty })],
    related: [{ ...RELATIVE, title: nasty }],
  });
  const contact = { ...anInvolvement().contact, name: nasty, phone: nasty, email: `${nasty}@northbridge.example`, team: nasty };
  const { html, text } = await lookAt(person, `/people/${PERSON}/services/school`, [anInvolvement({ contact, organisation: nasty })]);
  expect(html).not.toMatch(/<script(?! type="module" src="\/assets\/[0-9a-f]{16}\/[a-z-]+\.js")/);
  expect(html).not.toContain(`alert('x')`);
  expect(text.split(nasty).length - 1).toBe(13);
});

test('the browser’s title and the address hold nothing about the person', async () => {
  const { html, answer } = await lookAt(aPerson());
  expect(/<title>(.*)<\/title>/.exec(html)?.[1]).toBe('Service involvement of a person – Involvement Index');
  expect(answer.headers['content-type']).toBe('text/html; charset=utf-8');
});

test('related individuals are listed with what they are, their date of birth and a way to them', async () => {
  const { html, text } = await lookAt(aPerson({ related: [RELATIVE] }), `/people/${PERSON}?search=abc`);
  expect(text).toContain('Related individuals from Mosaic Mother (main carer) WILLIAMS, Kate 3 Feb 1992 (34 yrs) View WILLIAMS, Kate');
  expect(html).toContain(`href="/people/${RELATIVE.person}?search=abc&amp;before=${PERSON}"`);
});

test('seen from the mother, the child is listed with whose carer she is', async () => {
  const child = {
    ...RELATIVE,
    title: 'WILLIAMS, Tommy',
    relationshipWords: 'Child',
    inverseWords: 'Mother',
    mainCarer: false,
    isTheirMainCarer: true,
    hasResponsibilityForThem: true,
  };
  const { text } = await lookAt(aPerson({ related: [child] }));
  expect(text).toContain('Child (this person: main carer, parental responsibility) WILLIAMS, Tommy');
});

test('a person known by name only is shown, as such', async () => {
  const { text } = await lookAt(aPerson({ identity: anIdentity({ nameOnly: true, birth: null }) }));
  expect(text).toContain('Born Not known');
  expect(text).toContain(
    'Known by name only: there is neither a date of birth nor an address to show, so this may be more than one person.',
  );
});

test('who is expected is not said to be born, and who has no address to show is not said to live there', async () => {
  const birth = { date: '2027-01-11', precision: 'expected' as const, estimated: false, words: 'expected 11 Jan 2027', ageWords: 'unborn' };
  const { text } = await lookAt(aPerson({ identity: anIdentity({ birth }) }));
  expect(text).toContain('Birth expected 11 Jan 2027 (unborn)');
  expect(text).toContain('Address No address to show');
});

test('a person whom the case management system does not know is said to be not found there', async () => {
  const { text } = await lookAt(aPerson({ identity: anIdentity({ caseIds: [], caseIdWords: 'Not found in Mosaic' }) }));
  expect(text).toContain('Not found in Mosaic, so no related individuals can be shown.');
});

test('an absent person and one who may not be seen get the very same page', async () => {
  const pages = await openPages({ result: () => null });
  const absent = await pages.get(`/people/${PERSON}`);
  const noId = await pages.get('/people/249012');
  await pages.close();
  expect(absent.statusCode).toBe(404);
  expect(noId.body).toBe(absent.body);
  expect(textOf(absent.body)).toContain('A record may have been removed, or may be restricted.');
});

const FROM = { source: 'mosaic', database: 'Mosaic' };
const ADDRESS = { ...FROM, words: '4 Mill Row, NB4 2QT', kind: 'home', from: '2026-09-03', to: null, statedAt: 0, place: 0 };
const NAME = { ...FROM, family: null, given: ['Tom'], kind: 'alias' as const };
const RELATIVE = {
  person: '2b7f9c1e-0d4a-4b43-9d3f-5a1f2f3c4d5e',
  title: 'WILLIAMS, Kate',
  family: 'Williams',
  given: ['Kate'],
  birth: { date: '1992-02-03', precision: 'day' as const, estimated: false, words: '3 Feb 1992', ageWords: '34 yrs' },
  deceasedOn: null,
  diedWords: null,
  relationship: 'parent',
  relationshipWords: 'Mother',
  inverseWords: 'Child',
  mainCarer: true,
  parentalResponsibility: false,
  isTheirMainCarer: false,
  hasResponsibilityForThem: false,
  startedOn: null,
  database: 'Mosaic',
  statedAt: 0,
};
