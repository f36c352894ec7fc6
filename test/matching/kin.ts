import { comparableOf, comparePair, DEFAULT_MODEL, loadMatchModel } from '#lib/matching';
import type { Person } from '../../apps/demo/src/families/person.js';
import type { TownRecord } from './town-records.js';

type Of = (one: TownRecord, other: TownRecord) => boolean;

const model = loadMatchModel(DEFAULT_MODEL);
const eitherWay =
  (of: Of): Of =>
  (one, other) =>
    of(one, other) || of(other, one);
const haveOne = (parent: 'mother' | 'father', one: Person, other: Person) => one[parent] !== null && one[parent] === other[parent];
const haveTwo = (parent: 'mother' | 'father', one: Person, other: Person) => one[parent] && other[parent] && one[parent] !== other[parent];
const givenNames = ({ record: one }: TownRecord, { record: other }: TownRecord) =>
  comparePair(comparableOf(one), comparableOf(other), model).parts.find(({ comparison }) => comparison === 'given_name')?.level ?? '';

const areTwins: Of = ({ person: one }, { person: other }) => one !== other && haveOne('mother', one, other) && one.born === other.born;

/** Records of two people who are hard to tell apart, by who they are to each other. */
export const KIN = {
  twins: areTwins,
  'twins under two forms of one name': (one, other) => areTwins(one, other) && ['nickname', 'sound'].includes(givenNames(one, other)),
  'father and son of one name': eitherWay(
    ({ record: { names }, person: { father } }, { person }) =>
      father === person && names[0]?.family === person.name.family && names[0]?.given[0] === person.name.given[0],
  ),
  'half-siblings': ({ person: one }, { person: other }) =>
    Boolean(haveOne('mother', one, other) ? haveTwo('father', one, other) : haveOne('father', one, other) && haveTwo('mother', one, other)),
  'child with its mother’s number': eitherWay(
    ({ record: { identifiers }, person: { mother } }, { person }) =>
      mother === person && identifiers.some(({ type, value }) => type === 'nhs' && value === person.nhsNumber),
  ),
} satisfies Record<string, Of>;
