import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { openPages, textOf } from '../../../../test/support/pages.js';
import { PERSON } from '../../../../test/support/person-shown.js';

let pages: Awaited<ReturnType<typeof openPages>>;
beforeAll(async () => {
  pages = await openPages({ result: () => null });
});
afterAll(() => pages?.close());

test('the page that asks why says nothing of anybody, and holds every purpose', async () => {
  const { body, statusCode } = await pages.get(`/people/${PERSON}/reason?to=/people/${PERSON}/services/school`);
  expect(statusCode).toBe(200);
  for (const words of [
    'Why do you need to see this record?',
    'Section 47 enquiry',
    'Strategy meeting',
    'Case or contact reference',
    'until you sign out, or are signed out',
  ])
    expect(textOf(body)).toContain(words);
  expect(body).toContain(`action="/people/${PERSON}/reason?to=%2Fpeople%2F${PERSON}%2Fservices%2Fschool"`);
  expect(pages.asked).toEqual([]);
});

test('what is missing is said beside its field, what was typed stays', async () => {
  const { body, statusCode } = await pages.post(`/people/${PERSON}/reason`, { why: 'other', reference: 'C-1', words: '' });
  expect(statusCode).toBe(400);
  expect(body).toContain('<title>Error: Why you need to see this record');
  expect(body).toContain('href="#words"');
  expect(body).toContain('value="C-1"');
  const nothing = await pages.post(`/people/${PERSON}/reason`, {});
  expect(textOf(nothing.body)).toContain('Select why you need to see this record');
  expect((await pages.get('/people/williams/reason')).statusCode).toBe(404);
});

test('the way in to restricted people asks for a case ID and the same', async () => {
  expect(textOf((await pages.get('/restricted')).body)).toContain('Open a restricted record only if you must');
  const { body, statusCode } = await pages.post('/restricted', { caseId: ' ' });
  expect(statusCode).toBe(400);
  for (const words of ['Enter the Case ID', 'Select why you need to see this record']) expect(textOf(body)).toContain(words);
});
