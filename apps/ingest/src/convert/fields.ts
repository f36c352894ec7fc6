/** The vocabulary of mappings: a column's name, and how it is read. */
import type { Gender, RelationshipType } from '#lib/events';
import { column, type Reader, Unreadable } from './column.js';
import { type BirthDate, birthDateFrom, dayFrom } from './dates.js';
import { familyNameFrom, givenNamesFrom, type WrittenName, wholeNameFrom } from './names.js';
import { postcodeFrom } from './postcode.js';
import { telephone } from './telephone.js';
import { idFrom, textFrom, uprnFrom } from './text.js';
import { genderFrom, relationshipFrom, wordFor, type Words, yesOrNo } from './words.js';

const A_DAY = 'a date, day before month, such as 14/05/2012 or 2012-05-14';

export const text = (name: string, most?: number): Reader<string> =>
  column(name, `text, ${most ?? 200} characters at most`, textFrom(most));
export const id = (name: string, digits?: number): Reader<string> =>
  digits
    ? { ...column(name, `an ID of ${digits} digits; one of fewer is read with zeros in front of it`, idFrom(digits)), digits }
    : column(name, 'an ID in full, as text', idFrom());
export const day = (name: string, notKnown?: readonly string[]): Reader<string> => ({
  ...column(name, A_DAY, dayFrom(notKnown)),
  dates: true,
});
export const birthDate = (name: string, notKnown?: readonly string[]): Reader<BirthDate> => ({
  ...column(name, `${A_DAY}; month and year, or the year alone, where no more is known`, birthDateFrom(notKnown)),
  dates: true,
});
export const phone = (name: string): Reader<string> => column(name, 'a telephone number with its leading zero', telephone);
export const postcode = (name: string): Reader<string> => column(name, 'a UK postcode such as NB1 4QT', postcodeFrom);
export const uprn = (name: string): Reader<string> => column(name, '1 to 12 digits', uprnFrom);
export const gender = (name: string, more?: Words<Gender>): Reader<Gender> =>
  column(name, 'F, M, Other, Not known or Not stated', genderFrom(more));
export const relationship = (name: string, more?: Words<RelationshipType>): Reader<RelationshipType> =>
  column(name, 'what the other person is to this one, such as Mother, Brother or Foster carer', relationshipFrom(more));
export const yesNo = (name: string): Reader<boolean> => column(name, 'Y or N', yesOrNo);
export const oneOf = <Code extends string>(name: string, words: Words<Code>): Reader<Code> =>
  column(name, `one of ${Object.values(words).flat().join(', ')}`, wordFor(words));
export const familyName = (name: string): Reader<string> => column(name, 'a family name', familyNameFrom);
export const givenNames = (name: string): Reader<string[]> => column(name, 'given names, with spaces between them', givenNamesFrom);
export const wholeName = (name: string): Reader<WrittenName> =>
  column(name, 'a whole name: family name, comma, given names; or given names, then family name', wholeNameFrom);

const formatsOf = (...readers: readonly Reader<unknown>[]): Record<string, string> =>
  Object.assign({}, ...readers.map(({ formats }) => formats)) as Record<string, string>;

/** Two words that each are required of a status: anything else can't be read. */
export function eitherWord(name: string, yes: readonly string[], no: readonly string[]): Reader<boolean> {
  const { columns, formats, read } = oneOf(name, { yes, no });
  return {
    columns,
    formats,
    read(row, today) {
      const word = read(row, today);
      return word === null || word instanceof Unreadable ? word : word === 'yes';
    },
  };
}

/** An id made of several columns, or of one and a prefix, such as `TEN-4711-2`: null where one of them is empty. */
export function joined(prefix: string, ...parts: readonly Reader<string>[]): Reader<string> {
  return {
    columns: parts.flatMap(({ columns }) => columns),
    formats: formatsOf(...parts),
    read(row, today) {
      const words = prefix === '' ? [] : [prefix];
      for (const part of parts) {
        const word = part.read(row, today);
        if (word === null || word instanceof Unreadable) return word;
        words.push(word);
      }
      return words.join('-');
    },
  };
}

/** The first of several that the row says. */
export function firstOf<T>(...readers: readonly Reader<T>[]): Reader<T> {
  return {
    columns: readers.flatMap(({ columns }) => columns),
    formats: formatsOf(...readers),
    read(row, today) {
      for (const reader of readers) {
        const value = reader.read(row, today);
        if (value !== null) return value;
      }
      return null;
    },
  };
}

/** How far a time reaches, to be compared as text: one without an end reaches furthest, and of two with the same end the later begun. */
export function reach(from: Reader<string>, to: Reader<string>): Reader<string> {
  return {
    columns: [...from.columns, ...to.columns],
    formats: formatsOf(from, to),
    dates: true,
    read: (row, today) => {
      const [begun, over] = [from.read(row, today), to.read(row, today)];
      return `${typeof over === 'string' ? over : over === null ? '9999-12-31' : ''} ${typeof begun === 'string' ? begun : ''}`;
    },
  };
}

/** A code where a column says yes, nothing otherwise. */
export function whenYes<Code extends string>(name: string, code: Code): Reader<Code> {
  const { columns, formats, read } = yesNo(name);
  return {
    columns,
    formats,
    read(row, today) {
      const said = read(row, today);
      return said instanceof Unreadable ? said : said ? code : null;
    },
  };
}

/** The day an unborn child is expected. */
export function expectedOn(name: string): Reader<{ date: string; precision: 'expected' }> {
  const { columns, read } = day(name);
  return {
    columns,
    formats: { [name]: `${A_DAY}, on which an unborn child is expected` },
    read(row, today) {
      const date = read(row, today);
      return date === null || date instanceof Unreadable ? date : { date, precision: 'expected' };
    },
  };
}
