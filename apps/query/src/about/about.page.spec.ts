import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { PERSON } from '../../../../test/support/person-shown.js';
import { changedAuthority } from '../../../../test/support/changed-authority.js';
import { dayWords, londonDay } from '../day-words.js';
import { openPages, textOf } from '../../../../test/support/pages.js';
import { type DayOfChanges, whatsNew } from './whats-new.js';

let pages: Awaited<ReturnType<typeof openPages>>;
beforeEach(async () => {
  pages = await openPages({ result: () => null });
});
afterEach(() => pages.close());
const textAt = async (url: string) => textOf((await pages.get(url)).body);

test('what is in the index: every service with its database, what would show and for whom', async () => {
  const text = await textAt('/what-is-in-the-index');
  expect(text).toMatch(
    /Youth offending Database ChildView What would show An order or prevention programme .* For whom Shown for ages 10 to 21/,
  );
  expect(text).toContain('What is not in it');
});

test('the conditions of a service say when it shows an involvement, why it may not have been checked, and whom to ask', async () => {
  const text = await textAt('/services/police');
  expect(text).toContain(
    'Police When does this service show an involvement? A conviction or a suspicion on record. It never says that something is current. Police is shown from age 18.',
  );
  expect(text).toContain('“Not checked” is not “not involved”');
  expect(text).toContain('About Niche: the police Central Referral Unit, 01632 960 170 , out of hours 01632 960 171');
});

test('a database that speaks for two services is named, with whom to ask, for each', async () => {
  const contents = await textAt('/what-is-in-the-index');
  for (const [code, databases] of [
    ['childrens-social-care', 'Children’s social care Database Mosaic, LiquidLogic What would show'],
    ['early-help', 'Early help Database Cluster lists, LiquidLogic What would show'],
  ] as const) {
    expect(contents).toContain(databases);
    expect(await textAt(`/services/${code}`)).toContain('About LiquidLogic: the Family Help duty desk, 01632 960 131');
  }
});

test.each([
  ['school', /Involved since The day the involvement began\. .* Ended .* Admission One of: Main; Secondary; Off-site provision\./],
  [
    'police',
    /Nothing is said to be current\. A maximum of 3 safeguarding offences is listed\..*Recorded since.*Safeguarding offences Each with its day/,
  ],
  ['housing', /evictions are those whose case is open, and those of the last 12 months\..*Eviction, last 12 months/],
  ['other', /Kind of involvement .* Last interaction The day of the last interaction\./],
])('the conditions of %s say what an opened panel can show, in the words of the panel', async (service, facts) => {
  const text = await textAt(`/services/${service}`);
  expect(text).toMatch(/What an opened panel can show .* Contact The worker to ring: .*, and whom to ring out of hours\./);
  expect(text).toMatch(facts);
});

test.each(['childrens-social-care', 'youth-offending', 'early-help'])(
  'the conditions of %s promise no facts beside who is involved, since when, and whom to ring',
  async (service) => {
    expect(await textAt(`/services/${service}`)).not.toMatch(/Kind of involvement|Last interaction/);
  },
);

test('a service of which nothing is ever shown says why, and not what another reason or a look would have told', async () => {
  const text = await textAt('/services/drug-and-alcohol');
  expect(text).toContain('Why it says “Not checked”');
  expect(text).toContain('A broker is to be rung');
  expect(text).toContain('You can’t report a missing involvement there');
  expect(text).not.toMatch(/it would have shown|Checked, nothing found|Too few details|No agreement|A late source/);
  const police = await textAt('/services/police');
  expect(police).toMatch(/it would have shown.*Why it may say “Not checked”.*Too few details.*A late source/);
  expect(police).not.toMatch(/A broker is to be rung|No agreement/);
  expect(police.match(/You can’t report a missing involvement/g)).toHaveLength(2);
});

test('from a panel, the conditions lead back to the person with the panels that were open', async () => {
  const { body } = await pages.get(`/services/police?person=${PERSON}&open=school,police&search=abc`);
  expect(body).toContain(`href="/people/${PERSON}/services/school,police?search=abc" class="govuk-back-link">Back to the person`);
  expect((await pages.get('/services/police?person=https://elsewhere.example')).statusCode).toBe(404);
});

test('a service that is not in the index has no page', async () => {
  expect((await pages.get('/services/probation')).statusCode).toBe(404);
});

test('the privacy page says what is held, why, who sees it, what is recorded of that, and how to ask who looked', async () => {
  const text = await textAt('/privacy');
  expect(text).toMatch(
    /What is held .* Why it is held without your consent .* Which services it comes from .* Who sees it .* What is recorded when somebody looks .* How to ask who looked/,
  );
  expect(text).toContain('names, dates of birth and of death, gender, addresses and telephone numbers');
  expect(text).toContain('The record of who looked is kept for at least 6 years, even when the rest is gone, so that you can ask.');
  expect(text).toContain('Police (Niche), shown from age 18');
  expect(text).toContain('no case notes, no health notes, no ethnicity, no risk scores and no predictions');
  expect(text).toContain('Ask Northbridge Council: the Front Door, 01632 960 100');
});

test('the glossary says what states, words, services and relationships mean, and names no service that the authority does not show', async () => {
  const text = await textAt('/glossary');
  expect(text).toContain('Checked, nothing found The service’s database was looked at');
  expect(text).toContain(
    'Restricted Some records are shown to nobody here. A person who is restricted and one who is not in the index look the same.',
  );
  expect(text).toContain('Youth offending An order or prevention programme');
  expect(text).toContain('Step-parent Seen from the other side: step-child.');
  expect(text).toContain('Other Linked, and not in a way that this list has a word for.');
  expect(text).toContain('Broker Whom to ring about a sensitive service');
  // Ages are said once, by the rule.
  expect(text).toMatch(/School On the roll of a school or off-site provision in Northbridge\. It is shown for ages 4 to 20\./);
  expect(text.match(/from age 18/g)).toHaveLength(1);
  // And so is it that nothing is shown.
  expect(text).toContain(
    'Drug and alcohol A referral to, or treatment by, the drug and alcohol service. It is not shown: whoever needs to know rings its broker.',
  );
  expect(text.match(/rings? its broker/g)).toHaveLength(1);
  expect(text).not.toContain('Probation');
});

test('help says how to find somebody, what to make of it, and whom to ask', async () => {
  const text = await textAt('/help');
  expect(text).toMatch(/Finding somebody .* Reading what you find .* When something is wrong .* What is recorded of you/);
  for (const role of ['data stewards', 'team managers', 'information governance officers', 'teams whose database sends', 'operations'])
    expect(text).toContain(`For ${role}`);
  expect(text).toContain('Ask the Front Door, 01632 960 100');
  expect(text).toMatch(/What is recorded of you .* also when you print with the browser itself/);
});

test.each([
  ['case-id', 'With a case ID you come straight to the person. Reading', /by name|Names are found/],
  ['names', 'Finding somebody Names are found by spelling', /case ID you come/],
])('help speaks of no search that the authority does not offer: by %s alone', async (way, says, not) => {
  await pages.close();
  pages = await openPages({ result: () => null }, changedAuthority({ searchBy: [way] }));
  const text = await textAt('/help');
  expect(text).toContain(says);
  expect(text).not.toMatch(not);
});

test.each(['/privacy', '/accessibility'])('%s names ways besides the telephone, or says that the settings name none', async (path) => {
  const text = await textAt(path);
  expect(text).toMatch(
    /E-mail involvement-index@northbridge\.invalid Letter Information governance, .* NB1 1AA If you can’t hear or speak .* 18001/,
  );
  expect((await pages.get(path)).body).toContain('href="mailto:involvement-index@northbridge.invalid"');
  const without = await openPages({ result: () => null }, changedAuthority({ inWriting: undefined }));
  try {
    expect(textOf((await without.get(path)).body)).toContain('Northbridge Council has not said here how to reach it without a telephone.');
  } finally {
    await without.close();
  }
});

test('the accessibility statement says how far it goes, how that was tested and whom to tell', async () => {
  const text = await textAt('/accessibility');
  expect(text).toContain('partially compliant');
  expect(text).toMatch(/How it was tested .* Something is in your way\? Tell the Front Door, 01632 960 100/);
});

test('what is new is told newest first, and nothing of the days to come', async () => {
  const days = whatsNew().map(({ on }) => on);
  expect(days).toEqual([...days].sort().reverse());
  expect(days[0]! <= londonDay(Date.now())).toBe(true);
  const [{ subjects }] = whatsNew() as [DayOfChanges];
  expect(await textAt('/whats-new')).toContain(`What’s new ${dayWords(days[0]!)} ${subjects[0]!.subject} ${subjects[0]!.changes[0]}`);
  expect(subjects.map(({ subject }) => subject)).toEqual(expect.arrayContaining(['Searching', 'Information governance']));
});

test('no page looks anyone up to say this', async () => {
  await textAt('/what-is-in-the-index');
  await textAt('/services/school');
  for (const path of ['/privacy', '/glossary', '/help', '/accessibility', '/whats-new', '/feedback']) await textAt(path);
  expect(pages.asked).toEqual([]);
});
