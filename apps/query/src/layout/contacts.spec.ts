import { expect, test } from '@jest/globals';
import { mailLink, numbersIn, telephoneLink } from './contacts.js';

test('a phone number can be rung from the page', () => {
  expect(telephoneLink('01632 960 118')).toBe('tel:01632960118');
  expect(telephoneLink('+44 (1632) 960-118')).toBe('tel:+441632960118');
});

test('words beside a number are shown as they are, not turned into a wrong number', () => {
  expect(telephoneLink('01632 960 118 ext 4')).toBe('');
  expect(telephoneLink('ask the duty desk')).toBe('');
});

test('the numbers in a sentence can be rung, and its dates and times are left as they are', () => {
  const linksIn = (words: string) => numbersIn(words).flatMap(({ text, link }) => (link ? [[text, link]] : []));
  expect(linksIn('Not heard from since 21 Nov 2026 at 14:05. Ring the desk: 01632 960 141, out of hours +44 1632 960101.')).toEqual([
    ['01632 960 141', 'tel:01632960141'],
    ['+44 1632 960101', 'tel:+441632960101'],
  ]);
  expect(linksIn('Involved when last checked, 19 Nov 2026; expected every 15 minutes')).toEqual([]);
});

test('an e-mail address becomes a link only when it is nothing more than an address', () => {
  expect(mailLink('priya.nair@northbridge.example')).toBe('mailto:priya.nair@northbridge.example');
  expect(mailLink('a@b.example?bcc=c@d.example')).toBe('');
  expect(mailLink('not known')).toBe('');
});
