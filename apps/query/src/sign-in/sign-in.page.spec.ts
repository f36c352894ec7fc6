import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { openPages, textOf } from '../../../../test/support/pages.js';

let pages: Awaited<ReturnType<typeof openPages>>;
beforeEach(async () => {
  pages = await openPages({ result: () => null });
});
afterEach(() => pages.close());

test('the sign-in page says that looking is recorded, and leads to the directory', async () => {
  const { body } = await pages.get('/sign-in');
  expect(textOf(body)).toContain('Every search and every page you open is recorded with your name.');
  expect(body).toMatch(/<a href="\/sign-in\/begin" role="button"/);
});

test('ending the session leads to a page that says so', async () => {
  const answer = await pages.post('/sign-out', {});
  expect([answer.statusCode, answer.headers.location]).toEqual([303, '/signed-out']);
  expect(textOf((await pages.get('/signed-out')).body)).toContain('You are signed out');
});

test('the page for whoever was signed out by time leads back to signing in, without a script', async () => {
  const { body } = await pages.get('/timed-out');
  expect(textOf(body)).toContain('You are signed out after 15 minutes without doing anything, after 10 hours in any case');
  expect(body).toMatch(/<a href="\/sign-in\/begin" role="button"/);
});
