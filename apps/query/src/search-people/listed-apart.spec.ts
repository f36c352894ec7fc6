import { listedApart } from './listed-apart.js';

const vague = (person: string, address: string | null = null) => ({
  person,
  address,
  title: 'WILLIAMS, Tommy',
  birth: null,
  deceasedOn: null,
  caseIdWords: 'Not found in Mosaic',
});
const wordsOf = (people: ReturnType<typeof vague>[]) =>
  Object.fromEntries(listedApart(people).map(({ person, words }) => [person, words.replace(/^.*Mosaic\)/, '')]));

test('each of several who would have the same words has the same number in whatever order they are listed', () => {
  const people = [vague('c'), vague('a'), vague('d', '4 Mill Row'), vague('b'), vague('e', '4 Mill Row'), vague('f', '9 Far Lane')];
  const numbered = { a: ', 1 of 3', b: ', 2 of 3', c: ', 3 of 3', d: ', 4 Mill Row, 1 of 2', e: ', 4 Mill Row, 2 of 2', f: ', 9 Far Lane' };
  expect(wordsOf(people)).toEqual(numbered);
  expect(wordsOf(people.toReversed())).toEqual(numbered);
});
