import { NotFoundException } from '@nestjs/common';
import { expect, test } from '@jest/globals';
import { PersonAddress } from './person-address.js';

const PERSON = '0b7f9c1e-0d4a-4b43-9d3f-5a1f2f3c4d5e';

test('opening a panel keeps the ones that are open, closing it leaves the others', () => {
  const address = PersonAddress.read(PERSON, 'school', undefined);
  expect(address.toggled('police').path).toBe(`/people/${PERSON}/services/school,police`);
  expect(address.toggled('police').toggled('school').path).toBe(`/people/${PERSON}/services/police`);
  expect(address.toggled('school').path).toBe(`/people/${PERSON}`);
});

test('the way back to the results goes along with every panel and every move', () => {
  const address = PersonAddress.read(PERSON, 'school,school', 'k3pt');
  expect(address.back).toEqual({ text: 'Back to results', href: '/search/k3pt' });
  expect(address.toggled('police').path).toBe(`/people/${PERSON}/services/school,police?search=k3pt`);
  expect(address.movedTo('1b7f9c1e-0d4a-4b43-9d3f-5a1f2f3c4d5e').path).toMatch(/^\/people\/1b.*\/services\/school\?search=k3pt$/);
});

test('what is not an opaque id never gets as far as a question', () => {
  expect(() => PersonAddress.read('249012', '', undefined)).toThrow(NotFoundException);
  expect(() => PersonAddress.read(PERSON, 'school/../police', undefined)).toThrow(NotFoundException);
});

test('a search that is no id is left out, so that no link can be made to lead elsewhere', () => {
  expect(PersonAddress.read(PERSON, '', '//elsewhere.example').back.href).toBe('/search');
  expect(PersonAddress.read(PERSON, '', ['a', 'b']).back.href).toBe('/search');
});
