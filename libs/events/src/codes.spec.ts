import * as codes from './codes.js';

test('every relationship has an inverse that is a relationship itself', () => {
  const names = Object.keys(codes.RELATIONSHIPS);
  expect(Object.values(codes.RELATIONSHIPS).filter(({ inverse }) => !names.includes(inverse))).toEqual([]);
});

test('seen from the other side and back, a relationship is the same again, but for the unborn', () => {
  const back = (name: codes.RelationshipType) => codes.RELATIONSHIPS[codes.RELATIONSHIPS[name].inverse].inverse;
  const changed = codes.codesOf(codes.RELATIONSHIPS).filter((name) => back(name) !== name);
  expect(changed).toEqual(['unborn-child', 'unborn-sibling']);
});

const lists = Object.entries(codes).flatMap(([name, list]) => (typeof list === 'object' ? [{ name, list }] : []));

test.each(lists)('$name: every code is lower-case words, every label is what a reader would say', ({ list }) => {
  for (const [code, label] of Object.entries(list)) {
    expect(code).toMatch(/^[a-z]+(-[a-z]+)*$/);
    expect(typeof label === 'string' ? label : (label as { label: string }).label).toMatch(/^[A-Z][^_]+$/);
  }
});

test.each([
  ['parent', 'female', 'Mother'],
  ['parent', 'male', 'Father'],
  ['parent', 'other', 'Parent'],
  ['parent', null, 'Parent'],
  ['half-sibling', 'female', 'Half-sister'],
  ['child', 'female', 'Child'],
  ['foster-carer', 'male', 'Foster carer'],
] as const)('a %s of gender %s is a %s', (type, gender, words) => {
  expect(codes.relationshipWords(type, gender)).toBe(words);
});
