/** An old link to a person who was split: what was shown there may be of somebody else now. */
import { randomUUID } from 'node:crypto';
import { changedAuthority } from '../../../../test/support/changed-authority.js';
import { textOf } from '../../../../test/support/pages.js';
import { QueryApp } from '../../../../test/support/query-app.js';
import { pagePathsOf, said } from '../../../../test/support/said-of-person.js';
import { statementsSent } from '../../../../test/support/statements-sent.js';
import { born, madeUpName, name, type StoredRecordOptions } from '../../../../test/support/stored-people.js';
import { dayWords, londonDay } from '../day-words.js';

let app: QueryApp;
beforeAll(async () => {
  app = await QueryApp.open();
});
afterAll(() => app?.close());

const DAY = 86_400_000;
const DECIDED = Date.now() - 3 * DAY;

/** Somebody of whom a record was once `of`, and so was shown there. */
async function wasPartOf(of: string, o: StoredRecordOptions = {}, at = DECIDED) {
  const record = await app.people.record({ dateOfBirth: born('1990-01-02'), ...o });
  await app.people.assign(record.subject, of);
  await app.people.assign(record.subject, record.person, 'parted', at);
  return record;
}
/** Who it was; somebody who is still there. */
const split = async (o: StoredRecordOptions = {}, at = DECIDED) => {
  const one = await app.people.record({ dateOfBirth: born('1980-01-02') });
  return { one, other: await wasPartOf(one.person, o, at) };
};
const wordsOf = async (person: string) => {
  const { title, birth, caseIdWords } = (await app.get(`/v1/people/${person}`)).body.result.identity;
  return `${title}, ${birth ? `born ${birth.words}` : 'date of birth not known'} (${caseIdWords})`;
};
const noticeOf = async (person: string, query = '') => (await app.get(`/v1/people/${person}${query}`)).body.result.wasSplit;

describe('The page of a person of whom records were parted', () => {
  it('says since when, names whose they are now with a link, and each one named is on record as shown', async () => {
    const { one, other } = await split({ source: 'liquidlogic' });
    const words = await wordsOf(other.person);
    const got = await app.get(`/v1/people/${one.person}`);
    const on = londonDay(DECIDED);
    expect(got.body.result.wasSplit).toEqual({ on, people: [{ person: other.person, words }], more: 0 });
    const page = await app.get(`/people/${one.person}`);
    expect(textOf(page.text)).toContain(
      `This person was split on ${dayWords(on)}. Check that this is who you mean: records that were shown here are now of ${words}`,
    );
    expect(page.text).toContain(`href="/people/${other.person}?before=${one.person}"`);
    for (const shown of [got, page])
      expect((await app.auditOf(shown)).filter(({ action }) => action === 'shown-in-results')).toMatchObject([
        { person: other.person, subjects: [other.subject], outcome: 'done', shown: { page: 'split', of: one.person } },
      ]);
    expect(await noticeOf(other.person)).toBeNull();
  });

  it('says nothing of records that came to the person, nor once what had come has gone again, but to whom it was shown', async () => {
    const [one, other] = [await app.people.record(), await app.people.record({ source: 'liquidlogic' })];
    await app.people.assign(other.subject, one.person);
    expect(await noticeOf(one.person)).toBeNull();
    await app.people.assign(other.subject, other.person);
    expect(await noticeOf(other.person)).toBeNull();
    expect(await noticeOf(one.person)).toMatchObject({ people: [{ person: other.person }] });
    await app.people.assign(other.subject, one.person);
    expect(await noticeOf(one.person)).toBeNull();
  });

  it('says it for a year', async () => {
    const [lately, longAgo] = [await split({}, Date.now() - 364 * DAY), await split({}, Date.now() - 366 * DAY)];
    expect(await noticeOf(lately.one.person)).toMatchObject({ people: [{ person: lately.other.person }] });
    expect(await noticeOf(longAgo.one.person)).toBeNull();
  });

  it('follows a record that its source has replaced since', async () => {
    const { one, other } = await split();
    const successor = await app.people.record({ person: other.person });
    await app.people.record({ subject: other.subject, person: other.person, replacedBy: successor.subject, replacedAt: 3 });
    expect(await noticeOf(one.person)).toMatchObject({ people: [{ person: other.person }] });
  });

  it('names ten at most and says how many there are besides', async () => {
    const one = await app.people.record();
    for (let at = 0; at < 12; at += 1) await wasPartOf(one.person);
    const { people, more } = (await noticeOf(one.person))!;
    expect([people.length, more]).toEqual([10, 2]);
    expect(textOf((await app.get(`/people/${one.person}`)).text)).toContain('and 2 more, who are not listed here');
  });

  it('names nobody child first, where only who is linked to the child may be seen', async () => {
    const both = await QueryApp.open({ AUTHORITY_FILE: changedAuthority({ journeys: ['search-any', 'child-first'] }) });
    try {
      const child = await both.people.record({ dateOfBirth: born('2015-01-02') });
      const other = await both.people.record({ source: 'liquidlogic' });
      await both.people.assign(other.subject, child.person);
      await both.people.assign(other.subject, other.person);
      const page = await both.get(`/people/${child.person}?child=${child.person}`);
      expect(textOf(page.text)).toContain('records that were shown here are now of somebody else.');
      expect(page.text).not.toContain(other.person);
    } finally {
      await both.close();
    }
  });
});

const HIDDEN: [string, (other: { subject: string; person: string }) => Promise<unknown>, StoredRecordOptions?][] = [
  ['is restricted by hand', ({ subject }) => app.people.restrictByHand(subject)],
  ['is restricted', async () => undefined, { restriction: 'restricted' }],
  ['has another record that is restricted', ({ person }) => app.people.record({ person, source: 'liquidlogic', restriction: 'sealed' })],
  [
    'may be a restricted person',
    () => app.people.record({ names: [name('Quillfeather', 'Ada')], dateOfBirth: born('1990-01-02'), restriction: 'restricted' }),
    { source: 'liquidlogic', names: [name('Quillfeather', 'Ada')] },
  ],
  [
    'is known to the reader',
    async ({ person }) => app.send(`/people/${person}/known`, { method: 'POST', headers: await app.as('amara.okafor') }),
  ],
  [
    'is a child of whom the record tells too early',
    ({ person }) => app.people.record({ person, source: 'synergy', dateOfBirth: born('2015-01-02') }),
    { source: 'niche', dateOfBirth: born('2015-01-02') },
  ],
  ['had it withdrawn by its source', ({ subject, person }) => app.people.record({ subject, person, present: false })],
];

describe.each(HIDDEN)('Whoever %s', (who, hide, o) => {
  /** What is answered and which statements are sent for it, as it is and as if the record had never been there. */
  async function withAndWithout(path: string, of: string, other: { subject: string }) {
    const answers: unknown[] = [];
    await app.giveReason(of);
    const ask = () =>
      statementsSent(app.env.READ_MODEL_URL!, async () => {
        const { status, headers, text, body } = await app.getUnasked(path);
        answers.push([
          status,
          headers.get('location'),
          path.startsWith('/v1') ? body.result : textOf(text).replaceAll(/at \d\d:\d\d/g, 'at TIME'),
        ]);
      });
    const hidden = await ask();
    await app.people.pool.query(`DELETE FROM ${app.people.schema}.assigned_once WHERE person = $1 AND subject = $2`, [of, other.subject]);
    const nobody = await ask();
    expect(hidden).toEqual(nobody);
    return answers;
  }

  it('is not told of on the page that had a record of theirs: the answer is that of somebody never split, by the same statements', async () => {
    for (const path of ['/v1/people/', '/people/']) {
      const { one, other } = await split(o);
      await hide(other);
      const [hidden, nobody] = await withAndWithout(`${path}${one.person}`, one.person, other);
      expect(hidden).toEqual(nobody);
      expect(JSON.stringify(hidden)).not.toContain('was split');
    }
  });

  it('is not among those to choose from, and where there is one besides, that is led to, by the same statements', async () => {
    for (const path of ['/v1/people/', '/people/']) {
      const gone = randomUUID();
      const [shown, other] = [await wasPartOf(gone), await wasPartOf(gone, o)];
      await app.people.redirect(gone, who === 'is known to the reader' ? shown.person : other.person);
      await hide(other);
      const [hidden] = await withAndWithout(`${path}${gone}`, gone, other);
      const [status, location] = hidden as unknown[];
      expect([status, location]).toEqual([path === '/people/' ? 303 : 307, `${path}${shown.person}`]);
    }
  });
});

describe('An id whose records went to several people', () => {
  const givenUp = async () => {
    const gone = randomUUID();
    const parts = [
      await wasPartOf(gone, { names: [name(`A${madeUpName()}`, 'Kate')] }, Date.now() - 800 * DAY),
      await wasPartOf(gone, { names: [name(`B${madeUpName()}`, 'Kate')] }),
    ];
    await app.people.redirect(gone, parts[1]!.person);
    return { gone, parts };
  };

  it('leads to a page that asks which of them is meant, however long ago it was, and each is on record as shown', async () => {
    const { gone, parts } = await givenUp();
    const got = await app.get(`/people/${gone}`);
    expect(got.status).toBe(300);
    expect(textOf(got.text)).toContain('This person was split: choose');
    const listed = [...got.text.matchAll(/href="\/people\/([0-9a-f-]{36})">([^<]+)</g)].map(([, person, words]) => [person, words]);
    expect(listed).toEqual(await Promise.all(parts.map(async ({ person }) => [person, await wordsOf(person)])));
    expect(await app.auditOf(got)).toMatchObject([
      { action: 'viewed-person', person: gone, outcome: 'nothing-found', shown: { split: true } },
      ...parts.map(({ person, subject }) => ({
        action: 'shown-in-results',
        person,
        subjects: [subject],
        shown: { page: 'split', of: gone },
      })),
    ]);
  });

  it('leads from every page about a person to the same choice, for that page', async () => {
    const { gone, parts } = await givenUp();
    for (const path of pagePathsOf(gone)) {
      const { status, text } = await app.get(path);
      expect([path, status]).toEqual([path, 300]);
      for (const { person } of parts) expect(text).toContain(`href="${path.replace(gone, person)}"`);
    }
  });

  it('answers over REST with those to choose from', async () => {
    const { gone, parts } = await givenUp();
    const got = await app.get(`/v1/people/${gone}/contacts`);
    expect([got.status, got.body.result]).toEqual([
      300,
      { people: await Promise.all(parts.map(async ({ person }) => ({ person, words: await wordsOf(person) }))), more: 0 },
    ]);
    expect((await app.auditOf(got)).map(({ action, person }) => [action, person])).toEqual([
      ['viewed-contacts', gone],
      ...parts.map(({ person }) => ['shown-in-results', person]),
    ]);
  });

  it('asks a reason for the one chosen, whatever was said of the id', async () => {
    const { gone, parts } = await givenUp();
    expect((await app.get(`/people/${gone}`)).status).toBe(300);
    const chosen = await app.getUnasked(`/people/${parts[1]!.person}`);
    expect(chosen.headers.get('location')).toContain(`/people/${parts[1]!.person}/reason`);
  });

  it('is led on as ever where all went to one, and tells no more than an absent one where nobody may be seen', async () => {
    const [gone, hidden] = [randomUUID(), randomUUID()];
    const one = await wasPartOf(gone);
    await app.people.assign((await wasPartOf(gone)).subject, one.person);
    expect((await app.get(`/people/${gone}`)).headers.get('location')).toBe(`/people/${one.person}`);
    for (let at = 0; at < 2; at += 1) await wasPartOf(hidden, { restriction: 'restricted' });
    const absent = randomUUID();
    for (const [at, path] of pagePathsOf(hidden).entries())
      expect(said(await app.get(path))).toEqual(said(await app.get(pagePathsOf(absent)[at]!)));
  });
});
