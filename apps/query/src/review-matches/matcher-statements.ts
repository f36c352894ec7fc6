/** What is asked of the matcher's own tables, as a user who sees which pairs wait and what became of rulings, and nothing that a record holds. */

const MILLISECONDS = '(extract(epoch FROM found.since) * 1000)::float8';

/** In review, of records that are there and of two people, and no decision is on its way. */
const IN_REVIEW = `
  FROM matcher.pair p
  JOIN matcher.record a ON a.subject = p.one
  JOIN matcher.record b ON b.subject = p.other
  LEFT JOIN matcher.review_since found ON found.one = p.one AND found.other = p.other`;
const WAITS = `
  p.zone = 'review' AND a.person <> b.person
    AND NOT a.removed AND NOT a.erased AND a.replaced_by IS NULL AND NOT b.removed AND NOT b.erased AND b.replaced_by IS NULL
    AND NOT EXISTS (SELECT FROM matcher.rule WHERE rule.one = p.one AND rule.other = p.other AND rule.ruling <> 'none')
    AND NOT EXISTS (SELECT FROM matcher.ruling_request asked WHERE asked.decision IS NULL
                    AND least(asked.one, asked.other) = p.one AND greatest(asked.one, asked.other) = p.other)`;

/**
 * All that wait: those named first, then the oldest. A ruling goes with a replaced record to the one that replaced it; only rulings of replaced records are
 * followed there, however many others there are.
 */
export const WAITING = `
  WITH RECURSIVE moved (one, other) AS (
    SELECT one, other FROM matcher.rule
    WHERE ruling <> 'none' AND (one IN (SELECT subject FROM matcher.record WHERE replaced_by IS NOT NULL)
                                OR other IN (SELECT subject FROM matcher.record WHERE replaced_by IS NOT NULL))
    UNION
    SELECT coalesce(a.replaced_by, moved.one), coalesce(b.replaced_by, moved.other)
    FROM moved JOIN matcher.record a ON a.subject = moved.one JOIN matcher.record b ON b.subject = moved.other
    WHERE a.replaced_by IS NOT NULL OR b.replaced_by IS NOT NULL)
  SELECT p.one, p.other, coalesce(${MILLISECONDS}, 0) AS since
  ${IN_REVIEW}
  LEFT JOIN unnest($1::uuid[], $2::uuid[]) first (one, other) ON first.one = p.one AND first.other = p.other
  WHERE ${WAITS}
    AND NOT EXISTS (SELECT FROM moved WHERE least(moved.one, moved.other) = p.one AND greatest(moved.one, moved.other) = p.other)
  ORDER BY first.one IS NULL, found.since, p.one, p.other LIMIT $3`;

const replacedBy = (subject: string) => `
        SELECT ${subject} AS subject UNION SELECT r.subject FROM before JOIN matcher.record r ON r.replaced_by = before.subject`;

/** One pair: since when it waits, and whether the two are of one person. */
export const NOW = `
  SELECT (SELECT coalesce(${MILLISECONDS}, 0) ${IN_REVIEW}
          WHERE ${WAITS} AND p.one = $1 AND p.other = $2 AND NOT EXISTS (
            SELECT FROM (WITH RECURSIVE before AS (${replacedBy('$1::uuid')}) TABLE before) this,
                        (WITH RECURSIVE before AS (${replacedBy('$2::uuid')}) TABLE before) that
            JOIN matcher.rule ON rule.ruling <> 'none'
            WHERE rule.one = least(this.subject, that.subject) AND rule.other = greatest(this.subject, that.subject))) AS since,
         (SELECT count(*) = 2 AND count(DISTINCT person) = 1 FROM matcher.record WHERE subject IN ($1, $2)) AS joined`;

/**
 * What became of rulings that were asked for. Where the request is gone with a lost database, a rule that says the same is what became of it: it came back from
 * the log. Lost is what has neither, once the matcher has read all of the log: then there is no rule, or still the one of before. Any other was made by hand since.
 */
export const BECAME = `
  SELECT asked.id, number IS NOT NULL AS "takenUp",
         number IS NOT NULL AND NOT EXISTS (SELECT FROM matcher.outbox WHERE decision = number) AS "inLog",
         gone AND (rule.ruling IS NULL OR rule.ruling IS NOT DISTINCT FROM asked.before) AS lost,
         gone AND rule.ruling IS DISTINCT FROM asked.before AND NOT EXISTS (SELECT FROM matcher.outbox WHERE decision = rule.decision)
           AND rule.ruling IS NOT NULL AS overruled
  FROM unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::text[], $5::text[]) asked (id, one, other, ruling, before)
  LEFT JOIN LATERAL (SELECT id AS request, decision FROM matcher.ruling_request WHERE id = asked.id) requested ON true
  LEFT JOIN matcher.rule ON request IS NULL AND rule.one = asked.one AND rule.other = asked.other
  CROSS JOIN LATERAL (SELECT coalesce(requested.decision, CASE WHEN rule.ruling = asked.ruling THEN rule.decision END) AS number) became
  CROSS JOIN LATERAL (
    SELECT request IS NULL AND number IS NULL AND EXISTS (SELECT FROM matcher.progress WHERE writer > 0 AND catch_up IS NULL) AS gone) had`;

export const CHOSEN = `SELECT settings FROM matcher.model WHERE state = 'live'`;

export const ASK = `
  INSERT INTO matcher.ruling_request (id, one, other, ruling, reason, by_role) VALUES ($1, $2, $3, $4, $5, 'data-steward')
  ON CONFLICT (id) DO NOTHING`;
