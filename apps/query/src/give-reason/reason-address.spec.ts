import { goingBackTo, reasonAddress } from './reason-address.js';

const PERSON = '0b7f9c1e-0d4a-4b43-9d3f-5a1f2f3c4d5e';
const SEARCH = '1c7f9c1e-0d4a-4b43-9d3f-5a1f2f3c4d5e';

it('leads back to the page of that person it was reached from, with the panels that were open, the search, and whoever was before', () => {
  const page = `/people/${PERSON}/services/school,police?search=${SEARCH}&before=${SEARCH}.${PERSON}`;
  const { searchParams } = new URL(reasonAddress(PERSON, page), 'http://here');
  expect(goingBackTo(PERSON, searchParams.get('to'))).toBe(page);
  expect(reasonAddress(PERSON, null)).toBe(`/people/${PERSON}/reason`);
});

it.each([
  undefined,
  '',
  'https://elsewhere.example/',
  '//elsewhere.example',
  '/search',
  `/people/${SEARCH}`,
  `/people/${PERSON}0`,
  ['/search'],
])('leads to the person where the address says anything else: %s', (to) => {
  expect(goingBackTo(PERSON, to)).toBe(`/people/${PERSON}`);
});
