import { afterEach, expect, test } from '@jest/globals';
import { openPages, textOf } from '../../../../test/support/pages.js';
import { PERSON } from '../../../../test/support/person-shown.js';
import { AuditUnavailable, NotAllowed, NotSignedIn, ReadModelUnavailable, SessionsUnavailable } from '../errors.js';

let pages: Awaited<ReturnType<typeof openPages>>;
afterEach(() => pages.close());

async function failing(error: Error) {
  pages = await openPages({
    result: () => {
      throw error;
    },
  });
  return pages.get(`/people/${PERSON}`);
}

test.each([
  ['no audit record can be written', new AuditUnavailable(new Error('refused'))],
  ['the sessions are away', new SessionsUnavailable(new Error('refused'))],
  ['the index can’t be read', new ReadModelUnavailable(new Error('refused'))],
])('when %s, readers get the desks’ telephone numbers and nothing else', async (_, error) => {
  const answer = await failing(error);
  const text = textOf(answer.body);
  expect(answer.statusCode).toBe(503);
  expect(text).toContain('do not read it as “not involved”');
  expect(text).toContain('Youth offending: ChildView Desk The Youth Justice desk By day 01632 960 141 Out of hours 01632 960 101');
  for (const service of ['Early help', 'Children’s social care'])
    expect(text).toContain(`${service}: LiquidLogic Desk The Family Help duty desk By day 01632 960 131`);
  expect(text).not.toContain('Amara Okafor');
  // Whatever a link led to would be away as well.
  expect(text).toContain('ring the desks below, or for anything else the Front Door, 01632 960 100');
  expect(answer.body).not.toContain('href="/help"');
});

test('an error nobody expected shows the same page, and none of its text', async () => {
  const answer = await failing(new Error('Tommy Williams, 12 May 2012'));
  expect(answer.statusCode).toBe(500);
  expect(answer.body).not.toContain('Tommy');
  expect(textOf(answer.body)).toContain('The index is not available');
  // It also stands with front servers, which hold no such files.
  expect(answer.body).not.toMatch(/manifest|png/);
});

test.each([
  ['search', 'looking up people'],
  ['operations', 'the operations pages'],
  ['own-sources', 'the pages of sources'],
  ['settings', 'the settings of the authority'],
  [null, 'this page'],
] as const)('a reader whose role does not include %s is told so', async (data, words) => {
  const answer = await failing(new NotAllowed('not-this-role', data));
  expect(answer.statusCode).toBe(403);
  expect(textOf(answer.body)).toContain(
    `Your role does not include this You are signed in, but your role does not include ${words}. This has been recorded.`,
  );
});

test('a reader whose session is over is led to the sign-in page', async () => {
  const answer = await failing(new NotSignedIn());
  expect([answer.statusCode, answer.headers.location]).toEqual([303, '/sign-in']);
});

test('a form that is too large to be one is answered with a page, not with a fault', async () => {
  pages = await openPages({ result: () => null });
  const answer = await pages.post('/search', { by: 'names', familyName: 'x'.repeat(2_000_000) });
  expect(answer.statusCode).toBe(413);
  expect(textOf(answer.body)).toContain('This could not be read');
});
