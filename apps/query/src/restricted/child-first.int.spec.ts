import { randomUUID } from 'node:crypto';
import { textOf } from '../../../../test/support/pages.js';
import { changedAuthority } from '../../../../test/support/changed-authority.js';
import { QueryApp } from '../../../../test/support/query-app.js';
import { said } from '../../../../test/support/said-of-person.js';
import { statementsSent } from '../../../../test/support/statements-sent.js';
import { born, madeUpName, name } from '../../../../test/support/stored-people.js';
import { Visitor } from '../../../../test/support/visitor.js';

let app: QueryApp;
beforeAll(async () => {
  app = await QueryApp.open({ AUTHORITY_FILE: changedAuthority({ journeys: ['child-first'] }) });
});
afterAll(() => app?.close());

const PAGES = ['', '/family', '/contacts', '/addresses', '/why', '/services/childrens-social-care', '/panels/childrens-social-care'];

describe('The way in to restricted people, where there is nothing but child first', () => {
  it.each([
    ['an adult', '1980-03-04'],
    ['a child', '2015-03-04'],
  ])('opens every page of %s, whose restriction stays', async (_, day) => {
    const family = madeUpName();
    const { person, recordId, subject } = await app.people.record({
      names: [name(family, 'Ada')],
      dateOfBirth: born(day),
      restriction: 'restricted',
    });
    await app.people.involvement(subject);
    const priya = await Visitor.signedIn(app.url, 'priya.nair');
    const body = new URLSearchParams({ caseId: recordId, why: 'other', words: 'asked by the court', reference: 'C-9' });
    const got = await priya.send('/restricted', { method: 'POST', body });
    expect([got.status, got.headers.get('location')]).toEqual([303, `/people/${person}`]);
    for (const part of PAGES) {
      const page = await priya.open(`/people/${person}${part}`);
      expect([part, page.status]).toEqual([part, 200]);
      expect(textOf(await page.text())).toContain(
        'Restricted record. The information governance officers have been told that you opened it.',
      );
    }
    await priya.read('/search');
    expect(await priya.openWithReason(`/people/${person}`)).toContain('Page not found');
  });

  it('names them in no link to anybody; and a link through them, copied, is to everybody a link through nobody', async () => {
    const child = await app.people.record({ dateOfBirth: born('2015-03-04'), restriction: 'restricted' });
    const mother = await app.people.record({ dateOfBirth: born('1985-03-04') });
    const sister = await app.people.record({ dateOfBirth: born('2013-03-04') });
    await app.people.link(child.subject, mother.subject, 'parent');
    await app.people.link(child.subject, sister.subject, 'sibling');
    const relatives = [mother, sister].map(({ person }) => `/people/${person}`);
    const priya = await Visitor.signedIn(app.url, 'priya.nair');
    const body = new URLSearchParams({ caseId: child.recordId, why: 'other', words: 'asked by the court', reference: 'C-9' });
    for (const part of ['', `?child=${child.person}`, '/family', '/contacts']) {
      await priya.send('/restricted', { method: 'POST', body });
      const page = await priya.read(`/people/${child.person}${part}`);
      const links = [...page.matchAll(/href="(\/people\/[^"]*)"/g)].map(([, href]) => href!);
      const others = links.filter((href) => !href.startsWith(`/people/${child.person}`));
      expect([part, new Set(others)]).toEqual([part, new Set(relatives)]);
    }
    const nobody = randomUUID();
    const through = (id: string) =>
      relatives.flatMap((path) => [`${path}?child=${id}`, `${path}/addresses?child=${id}`, `/v1${path}?child=${id}`]);
    for (const [at, path] of through(child.person).entries()) {
      const never = said(await app.get(through(nobody)[at]!));
      expect([never.status, said(await app.get(path))]).toEqual([404, never]);
    }
    const sentFor = (id: string) =>
      statementsSent(app.env.READ_MODEL_URL!, async () => {
        for (const path of through(id)) await app.get(path);
      });
    const never = await sentFor(nobody);
    expect(never.length).toBeGreaterThan(5);
    expect(await sentFor(child.person)).toEqual(never);
    // Nor to whoever had it open, once they have left it.
    await priya.send('/restricted', { method: 'POST', body });
    expect(await priya.openWithReason(`${relatives[0]!}?child=${child.person}`)).toContain('Page not found');
  });

  it('opens no adult who is not restricted any more', async () => {
    const stored = await app.people.record({ dateOfBirth: born('1980-03-04'), restriction: 'restricted' });
    const priya = await Visitor.signedIn(app.url, 'priya.nair');
    const body = new URLSearchParams({ caseId: stored.recordId, why: 'other', words: 'asked by the court', reference: 'C-9' });
    await priya.send('/restricted', { method: 'POST', body });
    await app.people.record({ ...stored, dateOfBirth: born('1980-03-04') });
    expect(await priya.openWithReason(`/people/${stored.person}`)).toContain('Page not found');
  });
});
