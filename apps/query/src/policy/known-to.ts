import { mayBeOne } from './may-be-one.js';

/** Whether a reader has said to know the person of a record, or of one that may be the same person's: until they are matched, it would tell of them. */
export const knownTo = (reader: string, r: string, system: string): string => `EXISTS (
      SELECT FROM decided.declaration d
      WHERE d.reader = ${reader} AND d.withdrawn_at IS NULL
        AND (d.subject = ${r}.subject
             OR ${r}.present AND EXISTS (SELECT FROM record x WHERE x.subject = d.subject AND ${mayBeOne('x', r, system)})))`;
