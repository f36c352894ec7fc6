import { textOf } from '../../../../test/support/pages.js';
import { changedAuthority } from '../../../../test/support/changed-authority.js';
import { QueryApp } from '../../../../test/support/query-app.js';
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

  it('opens no adult who is not restricted any more', async () => {
    const stored = await app.people.record({ dateOfBirth: born('1980-03-04'), restriction: 'restricted' });
    const priya = await Visitor.signedIn(app.url, 'priya.nair');
    const body = new URLSearchParams({ caseId: stored.recordId, why: 'other', words: 'asked by the court', reference: 'C-9' });
    await priya.send('/restricted', { method: 'POST', body });
    await app.people.record({ ...stored, dateOfBirth: born('1980-03-04') });
    expect(await priya.openWithReason(`/people/${stored.person}`)).toContain('Page not found');
  });
});
