import { NotFoundException } from '@nestjs/common';
import { expect, test } from '@jest/globals';
import { PersonAddress } from './person-address.js';

const PERSON = '0b7f9c1e-0d4a-4b43-9d3f-5a1f2f3c4d5e';
const CHILD = '1b7f9c1e-0d4a-4b43-9d3f-5a1f2f3c4d5e';
const OTHER = '2b7f9c1e-0d4a-4b43-9d3f-5a1f2f3c4d5e';

test('opening a panel keeps the ones that are open, closing it leaves the others', () => {
  const address = PersonAddress.read(PERSON, 'school', {});
  expect(address.toggled('police').path).toBe(`/people/${PERSON}/services/school,police`);
  expect(address.toggled('police').toggled('school').path).toBe(`/people/${PERSON}/services/police`);
  expect(address.toggled('school').path).toBe(`/people/${PERSON}`);
});

test('all panels are opened without a list of them', () => {
  const address = PersonAddress.read(PERSON, 'all', {});
  expect(address.openOf(['school', 'police'])).toEqual(['school', 'police']);
  expect(PersonAddress.read(PERSON, 'school', {}).openOf(['school', 'police'])).toEqual(['school']);
});

test('the way back to the results goes along with every panel, every other page and every move', () => {
  const address = PersonAddress.read(PERSON, 'school,school', { search: 'k3pt' });
  expect(address.back).toEqual({ text: 'Back to results', href: '/search/k3pt' });
  expect(address.toggled('police').path).toBe(`/people/${PERSON}/services/school,police?search=k3pt`);
  expect(address.part('family')).toBe(`/people/${PERSON}/family?search=k3pt`);
  expect(address.toRelative(OTHER).path).toBe(`/people/${OTHER}?search=k3pt&before=${PERSON}`);
  expect(address.movedTo(OTHER).path).toBe(`/people/${OTHER}/services/school?search=k3pt`);
});

test('the child a person is reached through goes along too, and one hop on leads back to the child', () => {
  const child = PersonAddress.read(CHILD, '', { child: CHILD, search: 'k3pt' });
  expect(child.isHop).toBe(false);
  const mother = child.toRelative(PERSON);
  expect(mother.isHop).toBe(true);
  expect(mother.opening(['school']).path).toBe(`/people/${PERSON}/services/school?child=${CHILD}&search=k3pt`);
  expect(mother.back).toEqual({ text: 'Back to the child', href: `/people/${CHILD}?child=${CHILD}&search=k3pt` });
  expect(mother.movedTo(OTHER, CHILD).path).toBe(`/people/${OTHER}?child=${CHILD}&search=k3pt`);
});

test('from whoever was opened on somebody’s page the way leads back to them, from there to whoever was before, and never round', () => {
  const child = PersonAddress.read(CHILD, '', { search: 'k3pt' });
  const mother = child.toRelative(PERSON);
  const friend = PersonAddress.fromQuery(Object.fromEntries(new URLSearchParams(mother.asQuery)))!.toRelative(OTHER);
  expect(friend.opening(['school']).path).toBe(`/people/${OTHER}/services/school?search=k3pt&before=${CHILD}.${PERSON}`);
  expect(friend.back).toEqual({ text: 'Back to the person before', href: mother.path });
  expect(mother.back).toEqual({ text: 'Back to the person before', href: child.path });
  expect(child.back).toEqual({ text: 'Back to results', href: '/search/k3pt' });
  expect(friend.toRelative(CHILD).path).toBe(child.path);
  expect(friend.untold().path).toBe(`/people/${OTHER}?search=k3pt`);
  const hop = PersonAddress.read(CHILD, '', { child: CHILD, search: 'k3pt' }).toRelative(PERSON);
  expect(hop.untold().path).toBe(`/people/${PERSON}?search=k3pt`);
});

test('the way back leads to the tab somebody was opened from, along the whole way and through forms', () => {
  const child = PersonAddress.read(CHILD, '', { search: 'k3pt' });
  const mother = child.toRelative(PERSON, 'family');
  expect(mother.path).toBe(`/people/${PERSON}?search=k3pt&before=${CHILD}-family`);
  expect(mother.back.href).toBe(child.part('family'));
  const friend = PersonAddress.fromQuery(Object.fromEntries(new URLSearchParams(mother.asQuery)))!.toRelative(OTHER, 'why');
  expect(friend.path).toBe(`/people/${OTHER}?search=k3pt&before=${CHILD}-family.${PERSON}-why`);
  expect(friend.back.href).toBe(mother.part('why'));
  expect(friend.toRelative(PERSON, 'contacts').path).toBe(mother.path);
  expect(friend.toRelative(CHILD, 'contacts').path).toBe(child.path);
});

test('not more than five are kept of those before, and what is no id is nobody', () => {
  const ids = Array.from({ length: 7 }, (_, at) => `${at}${PERSON.slice(1)}`);
  const last = ids.reduce((address, id) => address.toRelative(id), PersonAddress.read(CHILD, '', {}));
  expect(last.path).toBe(`/people/${ids[6]}?before=${ids.slice(1, 6).join('.')}`);
  expect(PersonAddress.read(PERSON, '', { before: [CHILD, ...ids].join('.') }).path).toBe(
    `/people/${PERSON}?before=${ids.slice(2).join('.')}`,
  );
  const noTabs = ['-Family', '-services', '-family-why', '-family/..', '-', '-family?x=y', '-constructor', 'family'].map(
    (tab) => CHILD + tab,
  );
  for (const before of ['williams', `${CHILD}.williams`, '', [CHILD], ...noTabs])
    expect(PersonAddress.read(PERSON, '', { before }).path).toBe(`/people/${PERSON}`);
});

test('where a child comes first and nothing else will do, whoever is reached through nobody is the child', () => {
  const address = PersonAddress.read(PERSON, '', {});
  expect(address.in({ journeys: ['child-first'] }).child).toBe(PERSON);
  expect(address.in({ journeys: ['search-any', 'child-first'] }).child).toBeNull();
  expect(PersonAddress.read(PERSON, '', { child: CHILD }).in({ journeys: ['child-first'] }).child).toBe(CHILD);
});

test('a child first, whoever was before is left out, whatever the address says', () => {
  const before = OTHER;
  for (const person of [CHILD, PERSON]) {
    const read = PersonAddress.read(person, 'school', { child: CHILD, search: 'k3pt', before });
    expect(read.path).toBe(`/people/${person}/services/school?child=${CHILD}&search=k3pt`);
    expect(read.toRelative(OTHER).path).toBe(`/people/${OTHER}?child=${CHILD}&search=k3pt`);
    expect([read.asQuery, read.back.href].join(' ')).not.toMatch(/before|\b2b7f9c1e/);
  }
  expect(PersonAddress.read(CHILD, '', { child: CHILD, search: 'k3pt', before }).back).toEqual({
    text: 'Back to results',
    href: '/search/k3pt',
  });
  const address = PersonAddress.read(PERSON, '', { before });
  expect(address.in({ journeys: ['child-first'] }).path).toBe(`/people/${PERSON}?child=${PERSON}`);
  expect(address.in({ journeys: ['search-any', 'child-first'] }).path).toBe(`/people/${PERSON}?before=${OTHER}`);
  expect(address.movedTo(CHILD, CHILD).path).toBe(`/people/${CHILD}?child=${CHILD}`);
  expect(address.movedTo(CHILD).path).toBe(`/people/${CHILD}?before=${OTHER}`);
});

test('a page that leads back here finds the same person, panels and way', () => {
  const address = PersonAddress.read(PERSON, 'school', { child: CHILD, search: 'k3pt' });
  const query = Object.fromEntries(new URLSearchParams(address.asQuery));
  expect(PersonAddress.fromQuery(query)?.path).toBe(address.path);
});

test('the way back to the caseload goes along too, and nothing else is a place to go back to', () => {
  const address = PersonAddress.read(PERSON, '', { from: 'caseload' });
  expect(address.back).toEqual({ text: 'My caseload', href: '/caseload' });
  expect(address.opening(['school']).path).toBe(`/people/${PERSON}/services/school?from=caseload`);
  expect(PersonAddress.read(PERSON, '', { from: '//elsewhere.example' }).back).toEqual({ text: 'New search', href: '/search' });
});

test('a person reached by another system’s link leads back there', () => {
  expect(PersonAddress.read(PERSON, '', { link: OTHER }).back).toEqual({
    text: 'Back to where you came from',
    href: `/links/${OTHER}/back`,
  });
});

test('what is not an opaque id never gets as far as a question', () => {
  expect(() => PersonAddress.read('249012', '', {})).toThrow(NotFoundException);
  expect(() => PersonAddress.read(PERSON, 'school/../police', {})).toThrow(NotFoundException);
});

test('a search, a link or a child that is no id is left out, so that no link can be made to lead elsewhere', () => {
  expect(PersonAddress.read(PERSON, '', { search: '//elsewhere.example' }).back.href).toBe('/search');
  expect(PersonAddress.read(PERSON, '', { search: ['a', 'b'], link: '../x', child: '249012' }).path).toBe(`/people/${PERSON}`);
});
