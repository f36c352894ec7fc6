import { expect, test } from '@jest/globals';
import { mailLink, telephoneLink } from './contacts.js';

test('a phone number can be rung from the page', () => {
  expect(telephoneLink('01632 960 118')).toBe('tel:01632960118');
  expect(telephoneLink('+44 (1632) 960-118')).toBe('tel:+441632960118');
});

test('words beside a number are shown as they are, not turned into a wrong number', () => {
  expect(telephoneLink('01632 960 118 ext 4')).toBe('');
  expect(telephoneLink('ask the duty desk')).toBe('');
});

test('an e-mail address becomes a link only when it is nothing more than an address', () => {
  expect(mailLink('priya.nair@northbridge.example')).toBe('mailto:priya.nair@northbridge.example');
  expect(mailLink('a@b.example?bcc=c@d.example')).toBe('');
  expect(mailLink('not known')).toBe('');
});
