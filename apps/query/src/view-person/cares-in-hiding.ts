import { RELATIONSHIPS, type RelationshipType } from '#lib/events';
import { nextOf } from '#lib/read-model';

/** Who cares for somebody at home: their addresses would tell where a child is hidden (decision 0067). */
export const CARERS: readonly RelationshipType[] = [
  'foster-carer',
  'private-foster-carer',
  'adoptive-parent',
  'special-guardian',
  'support-carer',
];
/** Often still on record as main carers of a child who has been placed elsewhere: any other main carer counts as a carer. */
const PARENTS: readonly RelationshipType[] = ['parent', 'step-parent'];

const listed = (codes: readonly string[]) => codes.map((code) => `'${code}'`).join();

/** SQL: whether an address of a record (an element of its `addresses`) is confidential. A refuge or placement is, even where its source forgot to say so. */
export const isConfidential = (address: string): string =>
  `((${address}->>'confidential')::boolean OR ${address}->>'kind' IN ('refuge', 'placement'))`;

/**
 * Parts of a `WITH RECURSIVE`: `caring_in_hiding (subject)`, those of many records that are linked, from either side and by whichever source, as carers to somebody of whom
 * any record keeps a confidential address. A link that has ended still counts; neither a link nor a record entered in error does.
 * @param these a relation with the column `subject`
 */
export const caringInHiding = (these: string): string => `
    caring (carer, child) AS MATERIALIZED (
      SELECT other_subject, subject FROM relationship
      WHERE other_subject = ANY (ARRAY (SELECT subject FROM ${these})) AND status IS DISTINCT FROM 'retracted'
        AND (relationship IN (${listed(CARERS)}) OR main_carer AND NOT relationship IN (${listed(PARENTS)}))
      UNION
      SELECT subject, other_subject FROM relationship
      WHERE subject = ANY (ARRAY (SELECT subject FROM ${these})) AND status IS DISTINCT FROM 'retracted'
        AND relationship IN (${listed(CARERS.map((carer) => RELATIONSHIPS[carer].inverse))})),
    cared_for (carer, subject) AS (
      SELECT carer, child FROM caring
      UNION
      SELECT c.carer, next.subject FROM cared_for c, LATERAL (${nextOf('c')}) next),
    caring_in_hiding (subject) AS MATERIALIZED (
      SELECT carer FROM cared_for WHERE subject IN (
        SELECT h.subject FROM record h
        WHERE h.subject = ANY (ARRAY (SELECT subject FROM cared_for)) AND h.removed_reason IS DISTINCT FROM 'entered-in-error'
          AND EXISTS (SELECT FROM jsonb_array_elements(h.addresses) a WHERE ${isConfidential('a')})))`;
