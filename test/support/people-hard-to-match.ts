import type { SourceEvent } from '../../libs/events/src/index.js';
import { about, event } from './recorded-person.js';

interface Person {
  family: string;
  given: string;
  born?: string;
  postcode?: string;
  nhs?: string;
}

/** A person as one source knows them. */
export const known = (source: string, recordId: string, position: number, { family, given, born, postcode, nhs }: Person): SourceEvent =>
  event({
    type: 'PersonRecorded',
    ...about(source, recordId, position, {
      names: [{ family, given: given.split(' ') }],
      dateOfBirth: born ? { date: born, precision: 'day' as const } : null,
      addresses: postcode ? [{ lines: ['1 High Street'], postcode }] : [],
      identifiers: nhs ? [{ type: 'nhs' as const, value: nhs }] : [],
    }),
  });
export const removed = (source: string, recordId: string, position: number): SourceEvent =>
  event({ type: 'PersonRemoved', ...about(source, recordId, position, { reason: 'entered-in-error' as const }) });

export const MOTHER: Person = { family: 'Brennan', given: 'Siobhan', born: '1988-06-21', postcode: 'NB4 2AA', nhs: '9434765919' };
const MAIDEN = { ...MOTHER, family: 'Doyle' };
const TWIN: Person = { family: 'Brennan', given: 'Aoife', born: '2016-02-09', postcode: 'NB4 2AA' };
const OTHER_TWIN = { ...TWIN, given: 'Roisin' };
const ANNA: Person = { family: 'Whitlock', given: 'Anna', born: '2014-10-03', postcode: 'NB3 8YJ' };
const HANNAH = { ...ANNA, given: 'Hannah' };
const FATHER: Person = { family: 'Adeyemi', given: 'Tunde', born: '1979-11-30', postcode: 'NB7 1QT' };
const SON = { ...FATHER, born: '2009-05-04' };

/** One family and others of their names, as six sources know them: each list is one person, or several who must never be joined. */
export const PEOPLE_HARD_TO_MATCH = {
  'one mother whom five services know, under two family names': [
    known('mosaic', 'm1', 1, MOTHER),
    known('cis', 'c1', 1, MOTHER),
    known('niche', 'n1', 1, { ...MAIDEN, postcode: 'NB1 1AA' }),
    known('northbridge-homes', 'h1', 1, { ...MOTHER, nhs: undefined }),
    known('synergy', 's1', 1, { ...MAIDEN, born: '1988-06-12' }),
  ],
  'a twin at school and in social care': [known('synergy', 's2', 1, TWIN), known('mosaic', 'm2', 1, TWIN)],
  'the other twin': [known('synergy', 's3', 1, OTHER_TWIN), known('mosaic', 'm3', 1, OTHER_TWIN)],
  'a twin whose name is a form of the other’s': [known('synergy', 's8', 1, ANNA), known('mosaic', 'm8', 1, ANNA)],
  'that other twin, whom the police know too': [
    known('synergy', 's9', 1, HANNAH),
    known('mosaic', 'm9', 1, HANNAH),
    known('niche', 'n9', 1, HANNAH),
  ],
  'a father': [known('mosaic', 'm4', 1, FATHER), known('northbridge-homes', 'h4', 1, FATHER)],
  'a son of his name': [known('mosaic', 'm5', 1, SON), known('synergy', 's5', 1, SON)],
  'a record that was mistaken and put right': [
    known('mosaic', 'm6', 1, { ...TWIN, given: 'Ciara', born: '2011-08-17' }),
    known('synergy', 's6', 1, { ...TWIN, given: 'Ciara', born: '2011-08-17' }),
    known('synergy', 's6', 2, OTHER_TWIN),
    known('synergy', 's6', 3, { ...TWIN, given: 'Ciara', born: '2011-08-17' }),
  ],
  'a record that was taken back and recorded again': [
    known('mosaic', 'm7', 1, { family: 'Okonkwo', given: 'Ngozi', born: '2013-01-22', postcode: 'NB2 3BB' }),
    known('synergy', 's7', 1, { family: 'Okonkwo', given: 'Ngozi', born: '2013-01-22', postcode: 'NB2 3BB' }),
    removed('synergy', 's7', 2),
    known('synergy', 's7', 3, { family: 'Okonkwo', given: 'Ngozi', born: '2013-01-22', postcode: 'NB2 3BB' }),
  ],
} as const satisfies Record<string, readonly SourceEvent[]>;
