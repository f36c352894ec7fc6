import { once } from 'node:events';
import { createServer } from 'node:net';
import { textOf } from '../../../../test/support/pages.js';
import { QueryApp } from '../../../../test/support/query-app.js';
import { address, born, madeUpName, madeUpPostcode, name, type StoredRecordOptions } from '../../../../test/support/stored-people.js';

let app: QueryApp;
beforeAll(async () => {
  app = await QueryApp.open();
});
afterAll(() => app?.close());

const pageOf = async (person: string) => textOf((await app.get(`/people/${person}/why`)).text);
/** What is said of a record, up to the end of what adds up. */
const saidOf = (page: string, label: string) => new RegExp(`${label} (Matched|A data|Not matched)[^]*?How it adds up`).exec(page)![0];

/** One woman as three services know her: the school has no date of birth of her, the police another spelling. */
async function mother() {
  const [family, postcode] = [madeUpName(), madeUpPostcode()];
  const who = { dateOfBirth: born('1988-03-04'), addresses: [address('4 Mill Row', postcode)] };
  const { person, subject } = await app.people.record({ ...who, names: [name(family, 'Catherine')] });
  await app.people.record({ ...who, person, source: 'niche', names: [name(family, 'Kate')] });
  await app.people.record({
    person,
    source: 'northbridge-homes',
    names: [name(family, 'Catherine')],
    dateOfBirth: null,
    addresses: who.addresses,
  });
  return { person, subject, family, postcode };
}

const daughter = (o: StoredRecordOptions = {}) =>
  app.people.record({ source: 'liquidlogic', names: [name('Winterbourne', 'Ada')], dateOfBirth: born('1990-05-12'), ...o });
const decidedByStewards = (one: string, other: string) =>
  app.people.pool.query(
    `INSERT INTO decided.pair_ruling (id, one, other, ruling, reason, steward, decided_at)
     VALUES (gen_random_uuid(), least($1::uuid, $2), greatest($1::uuid, $2), 'apart', 'details-differ', 'grace.holt', '2026-02-03T10:00:00Z')`,
    [one, other],
  );

describe('Why records are one person', () => {
  it('is told record by record, in sentences, with what holds the matcher back and how it adds up', async () => {
    const { person } = await mother();
    const page = await pageOf(person);
    expect(page).toContain('3 records are shown as this person');
    expect(page).toMatch(/Police: Niche .*?most like the record of Children’s social care: Mosaic/);
    expect(page).toContain('One given name is a short or other form of the other.');
    expect(saidOf(page, 'Housing: Northbridge Homes')).toContain(
      'Without a full date of birth, a parent or cousin of one name would look the same.',
    );
    expect(saidOf(page, 'Housing: Northbridge Homes')).toContain('By these two alone they would not be joined');
    expect(page).toMatch(/Any two records −16\.6/);
    expect((await app.get(`/people/${person}/why`)).text).toMatch(/<svg [^>]*role="img"/);
  });

  it('is told of a person of one record as just that', async () => {
    const { person } = await app.people.record({ names: [name(madeUpName(), 'Ada')] });
    const page = await pageOf(person);
    expect(page).toContain('One record is shown as this person');
    expect(page).not.toContain('most like');
  });

  it('says which of them a steward has decided about', async () => {
    const { person } = await mother();
    const other = await app.people.record({ person, source: 'liquidlogic', names: [name(madeUpName(), 'Ada')] });
    await app.people.assign(other.subject, person, 'kept-together');
    expect(saidOf(await pageOf(person), 'Early help: LiquidLogic')).toContain('A data steward has decided that it is of this person.');
  });

  it('is told too of somebody who may be the same and is apart, with what would change it, and is on record for both', async () => {
    const { person, family, postcode } = await mother();
    const other = await app.people.record({ names: [name(family, 'Catherine')], addresses: [address('9 Far Lane', postcode)], dateOfBirth: null, source: 'cis' }); // prettier-ignore
    const answer = await app.get(`/people/${person}/why`);
    const page = textOf(answer.text);
    expect(page).toMatch(/Who may be the same person, but is shown apart/);
    expect(page).toContain(
      'If both records had the same full date of birth, too little being known would no longer hold the matcher back.',
    );
    expect((await app.auditOf(answer)).map(({ action, person, shown }) => [action, person, shown])).toEqual([
      ['viewed-person', person, { page: 'why', records: 3 }],
      ['shown-in-results', other.person, { page: 'why', evidence: true, of: person }],
    ]);
  });

  it('is told of whom somebody has decided to be another: by whom, when, and what speaks for and against, on record for both', async () => {
    const { person, subject } = await mother();
    const [byStewards, byOperations] = [await daughter(), await daughter()];
    await decidedByStewards(subject, byStewards.subject);
    for (const other of [byStewards, byOperations]) await app.people.keepApart(subject, other.subject);
    const answer = await app.get(`/people/${person}/why`);
    const page = /Who has been decided to be another person[^]*/.exec(textOf(answer.text))![0];
    const ids = [byStewards.person, byOperations.person].toSorted();
    const numbered = ({ person }: { person: string }) =>
      `WINTERBOURNE, Ada, born 12 May 1990 \\(Not found in Mosaic\\), ${ids.indexOf(person) + 1} of 2`;
    expect(page).toMatch(
      new RegExp(`${numbered(byStewards)} Data stewards decided on 3 Feb 2026 at \\d\\d:\\d\\d that they are two people\\.`),
    );
    expect(page).toMatch(new RegExp(`${numbered(byOperations)} Operations have decided by hand that they are two people\\.`));
    expect(page).toContain('The family names differ.');
    expect(page).not.toMatch(/What would change it|grace|holt/i);
    const shown = { page: 'why', evidence: true, of: person };
    expect(await app.auditOf(answer)).toMatchObject(
      expect.arrayContaining(
        [byStewards, byOperations].map((other) => expect.objectContaining({ action: 'shown-in-results', person: other.person, shown })),
      ) as object,
    );
    await app.people.keepApart(subject, byStewards.subject, false);
    await app.people.keepApart(subject, byOperations.subject, false);
    expect(await pageOf(person)).not.toContain('decided to be another');
  });

  it('follows a decision to the records that have replaced those decided about', async () => {
    const [one, other] = [await mother(), await daughter()];
    const [before, between] = [await app.people.record({ source: 'cis', replacedBy: one.subject, replacedAt: 3 }), await daughter()];
    await app.people.record({
      source: 'liquidlogic',
      subject: between.subject,
      person: between.person,
      replacedBy: other.subject,
      replacedAt: 3,
    });
    await app.people.keepApart(before.subject, between.subject);
    expect(await pageOf(one.person)).toMatch(/decided to be another person WINTERBOURNE, Ada/);
  });

  it('tells of no decision about whoever is restricted or known, nor about a record that is not shown', async () => {
    const { person, subject } = await mother();
    const told = async () => (await app.get(`/people/${person}/why`)).text.replaceAll(/ at \d\d:\d\d/g, '');
    const before = await told();
    const someone = (o: StoredRecordOptions = {}) => daughter({ names: [name(madeUpName(), 'Eve')], ...o });
    const [restricted, known, child] = [
      await someone({ restriction: 'restricted' }),
      await someone(),
      await someone({ dateOfBirth: born('2015-05-12') }),
    ];
    const hidden = await someone({ source: 'niche', person: child.person, dateOfBirth: born('2015-05-12') });
    for (const other of [restricted, known, hidden]) await app.people.keepApart(subject, other.subject);
    await app.people.pool.query('INSERT INTO decided.declaration (declaration, reader, subject) VALUES (gen_random_uuid(), $1, $2)', [
      'amara.okafor',
      known.subject,
    ]);
    expect(await told()).toBe(before);
    await app.people.keepApart(subject, child.subject);
    expect(await told()).not.toBe(before);
  });

  it('tells nothing of a confidential address, not even that two records share it', async () => {
    const [family, postcode] = [madeUpName(), madeUpPostcode()];
    const place = address('1 Refuge Road', postcode, { uprn: '100012345' });
    const who = { names: [name(family, 'Ada')], dateOfBirth: born('1990-01-02') };
    const { person } = await app.people.record({ ...who, addresses: [{ ...place, confidential: true }] });
    for (const source of ['liquidlogic', 'niche']) await app.people.record({ ...who, person, source, addresses: [place] });
    const page = await pageOf(person);
    expect(page).toContain('The dates of birth are the same.');
    expect(page).not.toMatch(/They share a (property|postcode)/);
  });

  it('leaves out records of services that are not told of at this age or not at all', async () => {
    const family = madeUpName();
    const child = { names: [name(family, 'Ada')], dateOfBirth: born('2015-05-12') };
    const { person } = await app.people.record(child);
    await app.people.record({ ...child, person, source: 'niche' });
    const alone = await app.people.record({ names: [name(madeUpName(), 'Ada')] });
    await app.people.assign(alone.subject, alone.person, 'record-of-its-own');
    const [page, other] = [await pageOf(person), await pageOf(alone.person)];
    expect(page).toContain('One record is shown as this person');
    const told = (text: string) => /One record is shown[^]*?Ask, day and night/.exec(text)![0];
    expect(told(page)).toBe(told(other));
    expect(told(page)).not.toContain('Niche');
  });
});

it('A matcher’s database that takes connections and never answers keeps no snapshot open while the page asks it for the model', async () => {
  const silent = createServer().listen(0, '127.0.0.1');
  await once(silent, 'listening');
  const port = (silent.address() as { port: number }).port;
  const deaf = await QueryApp.open({ MATCHER_STEWARDS_URL: `postgresql://index_stewards@127.0.0.1:${port}/matcher` });
  try {
    const { person } = await deaf.people.record();
    await deaf.giveReason(person);
    const page = { answered: false };
    const asking = deaf.getUnasked(`/people/${person}/why`).finally(() => (page.answered = true));
    let [looked, waiting] = [0, 0];
    while (!page.answered) {
      const { rows } = await deaf.people.pool.query<{ waiting: number }>(
        `SELECT count(*)::int AS waiting FROM pg_stat_activity WHERE datname = current_database() AND state = 'idle in transaction' AND now() - state_change > interval '1 second'`,
      );
      looked += 1;
      waiting = Math.max(waiting, rows[0]!.waiting);
    }
    expect([(await asking).status, waiting, looked > 100]).toEqual([200, 0, true]);
  } finally {
    await deaf.close();
    silent.close();
  }
});
