import { randomUUID } from 'node:crypto';
import { type AuditEntry, AuditLog } from '#lib/audit';
import { textOf } from '../../../../test/support/pages.js';
import { type Got, QueryApp } from '../../../../test/support/query-app.js';
import { address, madeUpName, name } from '../../../../test/support/stored-people.js';

let app: QueryApp;
let log: AuditLog;
/** A name of two words that nobody else has, and the user name of a reader who bears it. */
const [first, last] = [madeUpName(), madeUpName()];
const reader = `${first}.${last}`.toLowerCase();
beforeAll(async () => {
  app = await QueryApp.open();
  log = await AuditLog.open({ url: app.env.AUDIT_URL! });
});
afterAll(async () => {
  await log?.close();
  await app?.close();
});

/** Yesterday at noon, London's time or an hour from it: never out of hours unless it is a weekend. */
const YESTERDAY = new Date(Date.now() - 86_400_000).setUTCHours(12, 0, 0, 0);
const opened = (person: string, changed: Partial<AuditEntry> = {}) =>
  log.record([
    {
      at: YESTERDAY,
      action: 'viewed-person',
      outcome: 'done',
      requestId: randomUUID(),
      reader,
      role: 'duty',
      team: 'Assessment East',
      person,
      ...changed,
    },
  ]);
const post = async (path: string, fields: Record<string, string>): Promise<Got> => app.sendForm(path, fields, 'ig.officer');
async function runRules(): Promise<{ got: Got; text: string }> {
  const ran = await post('/audit/unusual', {});
  expect(ran.status).toBe(303);
  const got = await app.get(ran.headers.get('location')!, 'ig.officer');
  return { got, text: textOf(got.text) };
}
const short = (person: string) => `Person ${person}`;

test('a reader who opens themself, a namesake or their household is found, and nothing of these people is shown', async () => {
  const mine = [address('4 Mill Row', 'NB4 2QT')];
  const self = await app.people.record({ names: [name(last, first)], addresses: mine });
  const cousin = await app.people.record({ names: [name(last, madeUpName())], restriction: 'restricted' });
  const lodger = await app.people.record({ addresses: [address('4, mill row', 'nb42qt')] });
  const stranger = await app.people.record({ addresses: [address('5 Mill Row', 'NB4 2QT')] });
  const hidden = [address('6 Far Row', 'NB5 1AA')];
  await app.people.record({ names: [name(last, first)], addresses: hidden });
  const [carer, partner, child] = [
    await app.people.record({ addresses: hidden }),
    await app.people.record({ addresses: hidden }),
    await app.people.record({ addresses: [address('1 Far Lane', 'NB4 2QT', { kind: 'placement' })] }),
  ];
  await app.people.link(child.subject, carer.subject, 'foster-carer');
  for (const { person } of [self, cousin, lodger, stranger, carer, partner]) await opened(person);
  const ran = await post('/audit/unusual', {});
  expect((await app.auditOf(ran)).map(({ action, shown }) => [action, shown?.verb ?? shown?.page])).toEqual([
    ['operated', 'unusual/run'],
    ['read-audit', 'audit/compare-readers'],
  ]);
  const text = textOf((await app.get('/audit/unusual', 'ig.officer')).text);
  expect(text).toContain('Perhaps the reader themself');
  for (const [rule, person] of [
    ['Perhaps the reader themself', self.person],
    ['Same surname', cousin.person],
    ['Perhaps the same household', lodger.person],
  ] as const)
    expect(text).toMatch(new RegExp(`${rule} , ${reader}, [^]{0,120}?${short(person)}`));
  for (const { person } of [stranger, carer, partner]) expect(text).not.toContain(short(person));
  expect(text).not.toMatch(/mill row|nb4|far row|nb5/i);
});

test('who opens themself, a relative or their household on real pages is pointed out, each for what they are, and not held back', async () => {
  const mine = [address('7 Whittle Row', 'NB4 9WW')];
  const of = (family: string, given: string, addresses = mine) => app.people.record({ names: [name(family, given)], addresses });
  const [self, cousin, lodger, stranger] = [
    await of('Whittle', 'Daniel'),
    await of('Whittle', madeUpName(), []),
    await of(madeUpName(), 'Ada'),
    await of(madeUpName(), 'Ada', [address('8 Whittle Row', 'NB4 9WW')]),
  ];
  for (const { person } of [self, cousin, lodger, stranger])
    for (const rest of ['', '/family', '/services/school'])
      expect((await app.get(`/people/${person}${rest}`, 'dan.whittle')).status).toBe(200);
  await runRules();
  const text = textOf((await app.get('/audit/unusual', 'ig.officer')).text);
  for (const [rule, person] of [
    ['Perhaps the reader themself', self.person],
    ['Same surname', cousin.person],
    ['Perhaps the same household', lodger.person],
  ] as const) {
    expect(text).toMatch(new RegExp(`${rule} , dan\\.whittle, [^]{0,120}?${short(person)}`));
    expect(text.split(short(person))).toHaveLength(2);
  }
  expect(text).not.toContain(short(stranger.person));
  expect(text).not.toMatch(/whittle row|nb4/i);
});

test('a payroll number is compared by the name the directory gave; without one it is said that the rules were not asked', async () => {
  const self = await app.people.record({ names: [name(last, first)] });
  await opened(self.person, { reader: '4711007' });
  expect((await runRules()).text).toContain('The rules about who people are were not asked of 1 reader:');
  const at = YESTERDAY - 3_600_000;
  await log.record([
    { at, action: 'signed-in', outcome: 'done', requestId: randomUUID(), reader: '4711007', shown: { name: `${first} ${last}` } },
  ]);
  const { text } = await runRules();
  expect(text).not.toContain('were not asked');
  expect(text).toMatch(/Perhaps the reader themself , 4711007/);
});

test('the rules find nothing twice, and say how many are new', async () => {
  await opened(randomUUID(), { action: 'overridden', reader: 'once.only' });
  expect((await runRules()).text).toMatch(/New: \d+ findings?\./);
  expect((await runRules()).text).toContain('New: 0 findings.');
});

test('a finding is opened, decided for a reason, and stays decided; the log itself is not touched', async () => {
  const person = randomUUID();
  await opened(person, { action: 'overridden', reader: 'to.decide', reason: 'section-47', reference: 'C-1' });
  const { got } = await runRules();
  const path = new RegExp(`href="(/audit/unusual/[0-9a-f-]{36})">Restricted record opened<span[^>]*>, to\\.decide`).exec(got.text)![1]!;
  const page = textOf((await app.get(path, 'ig.officer')).text);
  expect(page).toMatch(/Restricted record opened to\.decide \(Duty worker, Assessment East\).*1 time.*State: Open/);
  expect(page).toMatch(/What the rule counts: 1 look at 1 person, newest first.*Opened a restricted record.*Section 47 enquiry, C-1/);

  const wrong = await post(path, {});
  expect([wrong.status, textOf(wrong.text)]).toEqual([400, expect.stringMatching(/Choose justified or upheld.*Enter a reason/)]);
  const decided = await post(path, { verdict: 'upheld', reason: 'no case, no referral' });
  expect([decided.status, decided.headers.get('location')]).toEqual([303, path]);
  expect((await app.auditOf(decided)).at(-1)).toMatchObject({
    action: 'operated',
    reason: 'no case, no referral',
    shown: { verb: 'unusual/decide', verdict: 'upheld', rule: 'overrides' },
  });
  await post(path, { verdict: 'justified', reason: 'the court had asked' });
  const after = textOf((await app.get(path, 'ig.officer')).text);
  expect(after).toMatch(
    /State: Justified Upheld by ig\.officer on .*: no case, no referral Justified by ig\.officer on .*: the court had asked/,
  );
  const inState = async (state: string) =>
    textOf((await app.get(`/audit/unusual?state=${state}`, 'ig.officer')).text).includes('to.decide');
  expect([await inState('open'), await inState('justified'), await inState('upheld'), await inState('any')]).toEqual([
    false,
    true,
    false,
    true,
  ]);
  for (const id of [randomUUID(), 'nothing']) expect((await app.get(`/audit/unusual/${id}`, 'ig.officer')).status).toBe(404);
});

test('the page says what each rule goes by, and which are off', async () => {
  const text = textOf((await app.get('/audit/unusual', 'ig.officer')).text);
  expect(text).toContain('More than 25 people were opened on one day, and more than 3 times the reader’s usual');
  expect(textOf((await app.get('/audit/unusual?from=2020-01-01&to=2020-01-02', 'ig.officer')).text)).toContain(
    'No finding in this period and state. That says nothing of days over which the rules have not run.',
  );
});
