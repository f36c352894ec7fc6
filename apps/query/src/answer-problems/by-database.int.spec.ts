import { textOf } from '../../../../test/support/pages.js';
import { QueryApp } from '../../../../test/support/query-app.js';
import { born } from '../../../../test/support/stored-people.js';

let app: QueryApp;
beforeAll(async () => {
  app = await QueryApp.open();
});
afterAll(() => app?.close());

/** What is wrong with a school, with children's social care, and that something is missing where nothing was shown. */
async function threeProblems() {
  const { person, subject } = await app.people.record({ dateOfBirth: born('2014-05-12') });
  const pupil = await app.people.record({ source: 'synergy', person, dateOfBirth: born('2014-05-12') });
  await app.people.involvement(subject);
  await app.people.involvement(pupil.subject, { source: 'synergy', service: 'school' });
  await app.giveReason(person);
  for (const [service, category] of [
    ['school', 'duplicate'],
    ['childrens-social-care', 'wrong-details'],
    ['early-help', 'missing-involvement'],
  ]) {
    const sent = await app.sendForm(`/people/${person}/panels/${service}/problem`, { category: category! });
    expect(sent.status).toBe(303);
  }
}
/** What a program is answered. */
const inRest = async (part: string, reader = 'nora.finch') => {
  const got = await app.getUnasked(`/v1/problems${part}`, reader);
  const { result = [], ...rest } = JSON.parse(got.text) as { result?: { source: string | null }[]; code?: string; problems?: object[] };
  return { ...rest, got, status: got.status, sources: new Set(result.map(({ source }) => source)), count: result.length };
};
/** Links to problems, with the database that stands beside each. */
const listed = async (part: string, reader = 'nora.finch') => {
  const { text } = await app.getUnasked(`/problems${part}`, reader);
  const links = [...text.matchAll(/href="(\/problems\/[^"]+)"/g)].map(([, href]) => href!);
  const databases = [...text.matchAll(/>Database <\/span>([^<]*)</g)].map(([, words]) => words!.trim());
  return { text, links, databases: new Set(databases) };
};

describe('A data analyst', () => {
  it('looks at the problems of one database, or those without one, and comes back to them', async () => {
    await threeProblems();
    expect((await listed('')).databases.size).toBeGreaterThanOrEqual(3);
    const { text, links, databases } = await listed('?source=synergy');
    expect(databases).toEqual(new Set(['Synergy']));
    expect(text).toMatch(/<form[^>]*method="get" action="\/problems"/);
    expect(text).toMatch(/<option value="synergy" selected>Synergy<\/option>/);
    expect(links[0]).toMatch(/^\/problems\/[0-9a-f-]+\?source=synergy$/);
    const one = await app.getUnasked(links[0]!, 'nora.finch');
    expect(one.text).toContain('href="/problems?source=synergy"');
    expect(one.text).toContain(`action="${links[0]}"`);
    const wrong = await app.sendForm(links[0]!, {}, 'nora.finch');
    expect([wrong.status, wrong.text.includes(`action="${links[0]}"`)]).toEqual([400, true]);
    const sent = await app.sendForm(links[0]!, { outcome: 'fixed' }, 'nora.finch');
    expect([sent.status, sent.headers.get('location')]).toEqual([303, links[0]]);
    expect((await listed('?source=data-analysts')).databases).toEqual(new Set(['Early help: the data analysts alone']));
  });

  it('has on record what was shown, and no more', async () => {
    await threeProblems();
    const looks = await app.auditOf(await app.getUnasked('/problems?source=mosaic', 'nora.finch'));
    expect(new Set(looks.map(({ action, shown }) => `${action} ${String(shown?.source)}`))).toEqual(new Set(['viewed-problem mosaic']));
  });

  it('is told of a database without any that it was chosen; what is no database is all', async () => {
    await threeProblems();
    const none = await listed('?source=childview');
    expect(textOf(none.text)).toContain('Of those chosen, no problem waits, and none was answered in the last 90 days.');
    const all = (await listed('')).links.length;
    for (const part of ['?source=', '?source=nonsense', '?source=synergy&source=mosaic'])
      expect((await listed(part)).links).toHaveLength(all);
  });
});

describe('A program', () => {
  it('asks for the problems of one database as the page does, and has those alone on record', async () => {
    await threeProblems();
    const { got, sources, count } = await inRest('?source=synergy');
    expect([sources, count]).toEqual([new Set(['synergy']), (await listed('?source=synergy')).links.length]);
    const looks = await app.auditOf(got);
    expect(new Set(looks.map(({ action, shown }) => `${action} ${String(shown?.source)}`))).toEqual(new Set(['viewed-problem synergy']));
    expect((await inRest('?source=data-analysts')).sources).toEqual(new Set([null]));
    expect((await inRest('')).sources.size).toBeGreaterThanOrEqual(3);
    expect((await inRest('?source=synergy', 'sofia.marsh')).sources).toEqual(new Set(['synergy']));
  });

  it('is refused what is no source of its team, whoever else’s that is, once it is on record that it came', async () => {
    await threeProblems();
    const texts = new Set<string>();
    for (const part of ['?source=mosaic', '?source=data-analysts', '?source=nonsense', '?source=', '?source=synergy&source=mosaic']) {
      const { got, status, problems } = await inRest(part, 'sofia.marsh');
      expect([status, problems]).toEqual([400, [{ pointer: '/source', expected: 'one of: synergy' }]]);
      expect(await app.auditOf(got)).toMatchObject([{ action: 'viewed-problem', outcome: 'nothing-found', person: null }]);
      texts.add(got.text);
    }
    expect(texts.size).toBe(1);
    expect((await inRest('?source=nonsense', 'amara.okafor')).status).toBe(403);
  });
});

it('Where no more are listed than a list holds it says so, and a problem about a restricted person makes no difference', async () => {
  const MOST = 500;
  const hidden = await app.people.record({ source: 'synergy', dateOfBirth: born('2014-05-12'), restriction: 'restricted' });
  /** Problems with a school, due so many hours from now. */
  const reported = (count: number, hours: number, subject: string | null = null) =>
    app.people.pool.query(
      `WITH problem AS (INSERT INTO decided.problem (id, service, category, sealed) SELECT gen_random_uuid(), 'school', 'other', ''
                        FROM generate_series(1, $1) RETURNING id),
       about AS (INSERT INTO decided.problem_record (problem, subject) SELECT id, $3::uuid FROM problem WHERE $3::uuid IS NOT NULL)
       INSERT INTO decided.problem_ask (id, problem, source, due_at, second_due_at)
       SELECT gen_random_uuid(), id, 'childview', now() + make_interval(hours => $2), now() + make_interval(days => 9) FROM problem`,
      [count, hours, subject],
    );
  const seen = async () => {
    const { text, links } = await listed('?source=childview');
    return [links.length, textOf(text).includes(`Only ${MOST} problems are listed: those that have waited longest.`)];
  };
  await reported(MOST - 1, 2);
  await reported(1, 1, hidden.subject);
  expect(await seen()).toEqual([MOST - 1, false]);
  await reported(1, 3);
  expect(await seen()).toEqual([MOST, true]);
  await reported(1, 3);
  expect(await seen()).toEqual([MOST, true]);
});

it('The team of one database has none to choose from, and sees no other’s by the address', async () => {
  await threeProblems();
  const { text, links, databases } = await listed('?source=mosaic', 'sofia.marsh');
  expect(text).not.toContain('method="get" action="/problems"');
  expect(databases).toEqual(new Set(['Synergy']));
  expect(links.every((link) => !link.includes('?'))).toBe(true);
});
