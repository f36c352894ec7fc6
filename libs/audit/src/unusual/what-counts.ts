import { REASON_ASKED, REASON_FOLLOWED } from '../read/reason-asked.js';
import type { UnusualRule } from './unusual-use.js';

/** The acts and outcomes of entries by which somebody's data was opened, listed, or opened past a restriction. */
const OPENING = `(outcome = 'done'
  AND action IN ('viewed-person', 'opened-panel', 'viewed-relationships', 'viewed-contacts', 'viewed-timeline', 'reviewed-match', 'printed', 'overridden')
  OR outcome = 'nothing-found' AND action = 'opened-panel')`;
const LISTING = `outcome = 'done' AND action IN ('shown-in-results', 'led-to-person')`;
const OVERRIDING = `outcome = 'done' AND action = 'overridden'`;

/** A panel without involvements shows who the person is all the same; the state is kept only where it was shown. */
const PANEL_SHOWN = `(outcome = 'done' OR shown->>'state' IS NOT NULL)`;
/** Relationships are a look where they are asked for alone: a person's page records both at once, and is one look. */
const RELATIVES_SHOWN = `(action <> 'viewed-relationships' OR coalesce(shown, '{}') ? 'related' AND NOT EXISTS (
    SELECT FROM audit.entry page WHERE page.person = entry.person AND page.at = entry.at AND page.reader = entry.reader
      AND page.request_id = entry.request_id AND page.action = 'viewed-person' AND page.outcome = 'done'))`;
/** Somebody's data was opened, by a person and not by a machine. Whom a page shows beside (results of a search, the linked, the rest of a family) is left out. */
export const OPENED = `
  reader IS NOT NULL AND reader NOT LIKE 'machine.%' AND person IS NOT NULL AND ${OPENING}
  AND ${PANEL_SHOWN} AND ${RELATIVES_SHOWN}
  AND coalesce(shown->>'of', person::text) = person::text`;
/** Somebody was found by a search, opened or not, in a list or by a case ID that leads straight to them: other lists (a caseload, an address, a split) say which they are. */
const LISTED = `
  reader IS NOT NULL AND reader NOT LIKE 'machine.%' AND person IS NOT NULL AND ${LISTING}
  AND NOT coalesce(shown, '{}') ?| array['list', 'page']`;
/** The condition of the partial index on notable entries (read/read-audit.migration.ts): only a statement that repeats it is answered by that index. */
const NOTABLE = `(outcome = 'denied' OR action IN ('overridden', 'read-audit', 'exported'))`;
/** So long after saying that they know somebody, a reader is refused by what was open already, and may be by where the form led. Milliseconds. */
const A_MINUTE = 60_000;
const NOT_BY_SAYING_SO = `NOT (coalesce(shown->>'why', '') = 'knows-this-person' AND EXISTS (
      SELECT FROM audit.entry said WHERE said.person = entry.person AND said.reader = entry.reader
        AND said.action = 'declared-known' AND said.outcome = 'done' AND said.at BETWEEN entry.at - ${A_MINUTE} AND entry.at))`;
/** Which entries of the log the rules with fixed conditions count. */
export const COUNTED = {
  self: OPENED,
  sameSurname: OPENED,
  sameHousehold: OPENED,
  volume: OPENED,
  listed: LISTED,
  // A reason is asked exactly there.
  outsideCaseload: `${OPENED} AND reason IS NOT NULL`,
  thinReasons: `${OPENED} AND reason IS NOT NULL AND (reason = 'other' OR reference = 'none-yet')`,
  overrides: `${OVERRIDING} AND reader IS NOT NULL AND ${NOTABLE}`,
  refusals: `
    outcome = 'denied' AND reader IS NOT NULL AND person IS NOT NULL AND reader NOT LIKE 'machine.%' AND ${NOTABLE}
    AND NOT (${REASON_ASKED} AND ${REASON_FOLLOWED})
    AND ${NOT_BY_SAYING_SO}`,
  knownPerson: `outcome = 'denied' AND reader IS NOT NULL AND shown->>'why' = 'knows-this-person' AND ${NOTABLE} AND ${NOT_BY_SAYING_SO}`,
} as const satisfies Record<Exclude<UnusualRule, 'outOfHours'>, string>;

/**
 * By act and outcome alone, which entries a rule can count. Those that are not here go by other entries of the reader too: a reason given since,
 * or that they know the person.
 */
export const COUNTABLE = {
  self: OPENING,
  sameSurname: OPENING,
  sameHousehold: OPENING,
  volume: OPENING,
  outOfHours: OPENING,
  outsideCaseload: OPENING,
  thinReasons: OPENING,
  listed: LISTING,
  overrides: OVERRIDING,
} as const satisfies Partial<Record<UnusualRule, string>>;
