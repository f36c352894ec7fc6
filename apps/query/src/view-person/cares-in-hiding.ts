import { LINKS_A_CARER, LINKS_A_CHILD, nextOf } from '#lib/read-model';

/** SQL: whether an address of a record (an element of its `addresses`) is confidential. A refuge or placement is, even where its source forgot to say so. */
export const isConfidential = (address: string): string =>
  `((${address}->>'confidential')::boolean OR ${address}->>'kind' IN ('refuge', 'placement'))`;

/**
 * Parts of a `WITH RECURSIVE`: `caring_in_hiding (subject)`, those of many records that are linked, from either side and by whichever source, as carers to somebody of whom
 * any record keeps a confidential address (decision 0067): their addresses would tell where a child is hidden. A record entered in error does not count.
 * @param these a relation with the column `subject`
 */
export const caringInHiding = (these: string): string => `
    caring (carer, child) AS MATERIALIZED (
      SELECT other_subject, subject FROM relationship
      WHERE other_subject = ANY (ARRAY (SELECT subject FROM ${these})) AND ${LINKS_A_CARER}
      UNION
      SELECT subject, other_subject FROM relationship
      WHERE subject = ANY (ARRAY (SELECT subject FROM ${these})) AND ${LINKS_A_CHILD}),
    cared_for (carer, subject) AS (
      SELECT carer, child FROM caring
      UNION
      SELECT c.carer, next.subject FROM cared_for c, LATERAL (${nextOf('c')}) next),
    caring_in_hiding (subject) AS MATERIALIZED (
      SELECT carer FROM cared_for WHERE subject IN (
        SELECT h.subject FROM record h
        WHERE h.subject = ANY (ARRAY (SELECT subject FROM cared_for)) AND h.removed_reason IS DISTINCT FROM 'entered-in-error'
          AND EXISTS (SELECT FROM jsonb_array_elements(h.addresses) a WHERE ${isConfidential('a')})))`;
