import { Pool } from 'pg';
import { randomUUID } from 'node:crypto';
import { changedAuthority } from '../../../../test/support/changed-authority.js';
import { QueryApp } from '../../../../test/support/query-app.js';
import { textOf } from '../../../../test/support/pages.js';
import { born } from '../../../../test/support/stored-people.js';
import { asMachine } from '../../../../test/support/tokens.js';
import { Visitor } from '../../../../test/support/visitor.js';

const MOSAIC = 'https://mosaic.northbridge.example';
let app: QueryApp;
let pool: Pool;
beforeAll(async () => {
  app = await QueryApp.open({ AUTHORITY_FILE: changedAuthority({ linksFrom: [MOSAIC], journeys: ['child-first', 'search-any'] }) });
  pool = new Pool({ connectionString: app.env.SESSIONS_URL! });
});
afterAll(async () => {
  await pool?.end();
  await app?.close();
});

const ask = async (target: object) =>
  app.send('/v1/links', {
    method: 'POST',
    headers: { ...(await asMachine()), 'content-type': 'application/json' },
    body: JSON.stringify(target),
  });
const follow = async (id: string) => app.get(`/links/${id}`);

describe('A link from the case management system', () => {
  it('leads a signed-in reader to the person, and back, with no case ID in any address', async () => {
    const { person, recordId } = await app.people.record({ dateOfBirth: born('2012-05-12') });
    const made = await ask({ caseId: recordId, back: `${MOSAIC}/case/${recordId}` });
    expect([made.status, made.headers.get('location')]).toEqual([201, `/links/${made.body.id}`]);
    expect(made.text).not.toContain(recordId);
    const followed = await follow(made.body.id);
    expect([followed.status, followed.headers.get('location')]).toEqual([303, `/people/${person}?link=${made.body.id}`]);
    expect(await app.auditOf(followed)).toMatchObject([
      { action: 'searched', outcome: 'done' },
      { action: 'led-to-person', person, outcome: 'done' },
    ]);
    const page = await app.get(followed.headers.get('location')!);
    expect(page.text).toContain(`href="/links/${made.body.id}/back" class="govuk-back-link">Back to where you came from`);
    expect((await app.get(`/links/${made.body.id}/back`)).headers.get('location')).toBe(`${MOSAIC}/case/${recordId}`);
    const { rows } = await pool.query('SELECT * FROM session.link WHERE id = $1', [made.body.id]);
    expect(JSON.stringify(rows.map((row: { sealed: Buffer }) => row.sealed.toString('latin1')))).not.toContain(recordId);
  });

  it('leads to an adult too, where the authority has a journey to any person, whichever it names first', async () => {
    const { person, subject, recordId } = await app.people.record({ dateOfBirth: born('1988-05-12') });
    await app.people.onCaseloadOf('amara.okafor', subject);
    const { headers } = await follow((await ask({ caseId: recordId, back: `${MOSAIC}/case` })).body.id);
    expect(headers.get('location')).toMatch(new RegExp(`^/people/${person}\\?link=`));
    expect((await app.get(headers.get('location')!)).status).toBe(200);
  });

  it('to a case ID of several people shows nobody by itself: the list that it leads to does, and is on record then', async () => {
    const { person, recordId } = await app.people.record({ dateOfBirth: born('2012-05-12') });
    const other = await app.people.record({ dateOfBirth: born('2013-05-12'), identifiers: [{ type: 'cms', value: recordId }] });
    const followed = await follow((await ask({ caseId: recordId })).body.id);
    expect((await app.auditOf(followed)).map(({ action, shown }) => [action, shown])).toEqual([['searched', { total: 2 }]]);
    const list = await app.get(followed.headers.get('location')!);
    const shown = (await app.auditOf(list)).filter(({ action }) => action === 'shown-in-results');
    expect(new Set(shown.map((row) => row.person))).toEqual(new Set([person, other.person]));
  });

  it('asks somebody who is not signed in to do so first, and leads on from there', async () => {
    const { person, subject, recordId } = await app.people.record();
    await app.people.onCaseloadOf('amara.okafor', subject);
    const { id } = (await ask({ caseId: recordId })).body;
    const visitor = new Visitor(app.url);
    expect((await visitor.open(`/links/${id}`)).headers.get('location')).toBe('/sign-in');
    expect(await visitor.signIn('amara.okafor')).toContain(`/people/${person}/family`);
  });

  it('that is unknown or over, or leads to nobody or to somebody restricted, is answered alike', async () => {
    const restricted = await app.people.record({ restriction: 'restricted' });
    const { recordId } = await app.people.record();
    const over = (await ask({ caseId: recordId })).body.id;
    await pool.query('UPDATE session.link SET made_at = made_at - 600001 WHERE id = $1', [over]);
    const ids = [randomUUID(), over, (await ask({ caseId: restricted.recordId })).body.id, (await ask({ caseId: 'nobody' })).body.id];
    const answers = await Promise.all(ids.map(follow));
    expect(answers.map(({ status }) => status)).toEqual([404, 404, 404, 404]);
    expect(new Set(answers.map(({ text }) => text)).size).toBe(1);
    const text = textOf(answers[0]!.text);
    expect(text).toContain(
      'nobody in the index has its case ID; a case that is new may not have come here yet. That does not mean that no service knows them.',
    );
    expect(text).toContain(
      'The index holds people known to the services listed under what is in the index , and nobody else. Some records',
    );
    expect(text).toContain('Ask, day and night: the Front Door');
  });

  it('that shows nobody leads back to where the reader came from, as long as the way back is open', async () => {
    const restricted = await app.people.record({ restriction: 'restricted' });
    const back = `${MOSAIC}/case`;
    const links = await Promise.all([restricted.recordId, 'nobody', 'over'].map((caseId) => ask({ caseId, back })));
    const [hidden, nobody, over] = links.map(({ body }) => body.id);
    await pool.query('UPDATE session.link SET made_at = made_at - 600001 WHERE id = $1', [over]);
    const pages = await Promise.all([hidden!, nobody!, over!].map(async (id) => (await follow(id)).text.replaceAll(id, 'ID')));
    expect(new Set(pages).size).toBe(1);
    expect(pages[0]).toContain('href="/links/ID/back" class="govuk-back-link">Back to where you came from');
    expect((await app.get(`/links/${over!}/back`)).headers.get('location')).toBe(back);
    await pool.query('UPDATE session.link SET made_at = 0 WHERE id = $1', [over]);
    expect((await follow(over!)).text).toContain('href="/search" class="govuk-back-link">New search');
  });

  it('leads to nobody whom the reader has said to know, and says that they are found by name alone', async () => {
    const { person, recordId } = await app.people.record({ dateOfBirth: born('2012-05-12') });
    await app.sendForm(`/people/${person}/known`, {}, 'dan.whittle');
    const { id } = (await ask({ caseId: recordId })).body;
    const got = await app.get(`/links/${id}`, 'dan.whittle');
    expect([got.status, got.text]).toEqual([404, (await app.get(`/links/${randomUUID()}`, 'dan.whittle')).text]);
    expect(textOf(got.text)).toContain('People you have said that you know are found by name alone.');
  });

  it('is not followed by a role that has no right to look people up', async () => {
    const { recordId } = await app.people.record();
    const { id } = (await ask({ caseId: recordId })).body;
    const got = await app.get(`/links/${id}`, 'ig.officer');
    expect(got.status).toBe(403);
    expect(await app.auditOf(got)).toMatchObject([{ action: 'searched', outcome: 'denied' }]);
  });

  it('is refused where it would lead back to a system the settings do not name, and where nothing is asked for', async () => {
    expect((await ask({ caseId: '1', back: 'https://elsewhere.example/' })).status).toBe(400);
    expect((await ask({ back: MOSAIC })).status).toBe(400);
    expect((await ask({ caseId: '1', back: 'javascript:alert(1)' })).status).toBe(400);
  });

  it('without a way back leads to the search, and the page says so', async () => {
    const { person, recordId } = await app.people.record();
    const { id } = (await ask({ caseId: recordId })).body;
    const path = (await follow(id)).headers.get('location')!;
    expect(path).toBe(`/people/${person}`);
    const { text } = await app.get(path);
    expect(text).toContain('href="/search" class="govuk-back-link">New search');
    expect(text).not.toContain('Back to where you came from');
    expect((await app.get(`/links/${id}/back`)).headers.get('location')).toBe('/search');
  });
});

describe('A form from the case management system', () => {
  const send = (origin: string, fields: Record<string, string>) =>
    app.send('/open', { method: 'POST', headers: { origin, 'sec-fetch-site': 'cross-site' }, body: new URLSearchParams(fields) });

  it('leads to the same place', async () => {
    const { person, recordId } = await app.people.record();
    const sent = await send(MOSAIC, { caseId: recordId });
    const path = sent.headers.get('location')!;
    expect([sent.status, path]).toEqual([303, expect.stringMatching(/^\/links\/[0-9a-f-]{36}$/)]);
    expect((await app.get(path)).headers.get('location')).toBe(`/people/${person}`);
    const andBack = (await send(MOSAIC, { caseId: recordId, back: `${MOSAIC}/case` })).headers.get('location')!;
    expect((await app.get(andBack)).headers.get('location')).toContain(`/people/${person}?link=`);
    expect((await app.get(`${andBack}/back`)).headers.get('location')).toBe(`${MOSAIC}/case`);
  });

  it('is taken from no other site, and from there nothing else is', async () => {
    expect((await send('https://elsewhere.example', { caseId: '1' })).status).toBe(403);
    const search = { method: 'POST', headers: { ...(await app.as('amara.okafor')), origin: MOSAIC, 'sec-fetch-site': 'cross-site' } };
    expect((await app.send('/search', search)).status).toBe(403);
    expect((await app.send('/open', { method: 'POST', body: new URLSearchParams({ caseId: '1' }) })).status).toBe(404);
  });
});
