import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { openPages, textOf } from '../../../../test/support/pages.js';

let pages: Awaited<ReturnType<typeof openPages>>;
beforeEach(async () => {
  pages = await openPages({ result: () => null });
});
afterEach(() => pages.close());

test('the development form names its readers with role and team, and says that looking is recorded', async () => {
  const text = textOf((await pages.get('/sign-in')).body);
  expect(text).toContain('Amara Okafor Social worker, Assessment East');
  expect(text).toContain('Every search and every page you open is recorded with your name.');
});

test('a form that proves nobody asks again', async () => {
  const answer = await pages.post('/sign-in', {});
  expect(answer.statusCode).toBe(400);
  expect(answer.body).toContain('<a href="#reader">Choose who you are</a>');
});

test('ending the session leads to a page that says so', async () => {
  const answer = await pages.post('/sign-out', {});
  expect([answer.statusCode, answer.headers.location]).toEqual([303, '/signed-out']);
  expect(textOf((await pages.get('/signed-out')).body)).toContain('You are signed out');
});
