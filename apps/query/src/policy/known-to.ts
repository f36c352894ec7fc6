import { mayBeOne } from '#lib/read-model';

/** Whether a reader has said to know the person of a record, or of one that may be the same person's: until they are matched, it would tell of them. */
export const knownTo = (reader: string, r: string, system: string): string => `EXISTS (
      SELECT FROM decided.declaration d
      WHERE d.reader = ${reader} AND d.withdrawn_at IS NULL
        AND (d.subject = ${r}.subject
             OR ${r}.present AND EXISTS (SELECT FROM record x WHERE x.subject = d.subject AND ${mayBeOne('x', r, system)})))`;

/** Whether a reader has said to know anybody. */
export const hasDeclared = (reader: string): string =>
  `EXISTS (SELECT FROM decided.declaration d WHERE d.reader = ${reader} AND d.withdrawn_at IS NULL)`;

/** The same of one of many records, beside `restrictingAmong` for this reader: what may be the same person's has been looked up there. */
export const knownAmong = (reader: string, r: string): string => `(${r}.subject IN (SELECT subject FROM alike WHERE known) OR EXISTS (
      SELECT FROM decided.declaration d WHERE d.reader = ${reader} AND d.withdrawn_at IS NULL AND d.subject = ${r}.subject))`;
