import type { AuditOutcome, AuditRow } from '#lib/audit';
import type { STATES } from '../view-person/service-panel.js';

type Ended = Pick<AuditRow, 'action' | 'outcome' | 'shown' | 'reasonFollowed'>;

const OUTCOMES: Record<AuditOutcome, string> = {
  done: 'Done',
  'nothing-found': 'Nothing found',
  denied: 'Refused, nothing shown',
  refused: 'Not done',
};

export const STATE_WORDS: Record<(typeof STATES)[number], string> = {
  'involved-now': 'involved now',
  'involved-before': 'involved before',
  'records-held': 'records held',
  'nothing-found': 'checked, nothing found',
  'not-checked': 'not checked',
};

/** What a panel said that showed no involvement: to be looked for and not found is one thing, not to be looked for another. */
const PANEL_WITHOUT: Record<(typeof STATES)[number], string> = {
  'involved-now': 'It said “involved now”, and no more',
  'involved-before': 'It said “involved before”, and no more',
  'records-held': 'It said “records held”, and no more',
  'nothing-found': 'Checked, nothing found',
  'not-checked': 'Not checked, so nothing was said either way',
};

const NOT_GIVEN = 'A reason was asked, and none was given within the hour; nothing shown';

/** How an act ended. */
export function outcomeWords({ action, outcome, shown, reasonFollowed }: Ended): string {
  if (outcome === 'denied' && reasonFollowed !== null) return reasonFollowed ? 'A reason was asked first, and was given' : NOT_GIVEN;
  const state = shown?.state;
  if (action === 'opened-panel' && outcome === 'nothing-found' && typeof state === 'string' && Object.hasOwn(PANEL_WITHOUT, state))
    return PANEL_WITHOUT[state as keyof typeof PANEL_WITHOUT];
  return OUTCOMES[outcome] ?? outcome;
}

/** Whether somebody was kept from something: whoever is asked for a reason is not. */
export const wasKept = ({ outcome, reasonFollowed }: Ended): boolean =>
  outcome === 'refused' || (outcome === 'denied' && reasonFollowed === null);
