import { expect, test } from '@jest/globals';
import { mailLink, numbersIn, telephoneLink } from './contacts.js';

test('a phone number can be rung from the page', () => {
  expect(telephoneLink('01632 960 118')).toBe('tel:01632960118');
  expect(telephoneLink('+44 (1632) 960-118')).toBe('tel:+441632960118');
  expect(telephoneLink('+44 (0)1632 960118')).toBe('tel:+441632960118');
  for (const abroad of ['0044 (0)1632 960118', '0044(0)1632 960118', '(0044) (0)1632 960118', '00 44-(0)1632 960118'])
    expect(telephoneLink(abroad)).toBe('tel:00441632960118');
  expect(telephoneLink('(01632) 960118')).toBe('tel:01632960118');
  expect(telephoneLink('(0)1632 960118')).toBe('tel:01632960118');
});

test('words beside a number are shown as they are, not turned into a wrong number', () => {
  expect(telephoneLink('01632 960 118 ext 4')).toBe('');
  expect(telephoneLink('ask the duty desk')).toBe('');
  expect(telephoneLink('01632 960118 01632 960119')).toBe('');
  expect(telephoneLink('01632 960118-9')).toBe('');
  expect(telephoneLink('- - - - -')).toBe('');
});

test('what nobody sees of a number or an address copied from another program does not keep it from being a link', () => {
  expect(telephoneLink('\u202a01632 960118\u202c')).toBe('tel:01632960118');
  expect(mailLink('\u200bpriya.nair@northbridge.example\ufeff')).toBe('mailto:priya.nair@northbridge.example');
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
  expect(mailLink("o'brien+duty@northbridge.example")).toBe("mailto:o'brien+duty@northbridge.example");
  for (const text of ['a@b.example?bcc=c@d.example', 'other%40d.example,a@b.example', 'other,a@b.example', 'mailto:a@b.example'])
    expect(mailLink(text)).toBe('');
  expect(mailLink('not known')).toBe('');
});
