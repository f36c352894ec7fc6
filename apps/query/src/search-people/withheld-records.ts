/** SQL, parts of a `WITH RECURSIVE`: records that a reader's doubt hides where they stand beside others. There are few, and they are looked up once. */
export const WITHHELD = `doubted (subject) AS (
      SELECT d.subject FROM decided.doubt_that_may_count d
      WHERE d.hides AND (d.settled_at IS NULL OR EXISTS (
        SELECT FROM record_person own JOIN record_person other ON other.person = own.person
        WHERE own.subject = d.subject AND other.subject = ANY (d.apart_from)))
      UNION SELECT r.replaced_by FROM doubted JOIN record r ON r.subject = doubted.subject WHERE r.replaced_by IS NOT NULL),
    withheld AS MATERIALIZED (
      SELECT d.subject FROM doubted d WHERE EXISTS (
        SELECT FROM record_person own JOIN record_person beside ON beside.person = own.person JOIN record b ON b.subject = beside.subject
        WHERE own.subject = d.subject AND b.present AND b.details_epoch >= 0 AND b.replaced_by IS NULL
          AND NOT b.subject IN (SELECT subject FROM doubted)))`;
