import type { EventOf } from '#lib/events';
import { INVOLVEMENT_RANK } from '../ranks.js';
import type { Place, RegisterWrite } from '../register-write.js';
import { involvementRow } from './involvement-row.js';

/** Ended. A close that comes before its opening leaves the description empty until then. */
export function involvementClosed(event: EventOf<'InvolvementClosed'>, place: Place): RegisterWrite[] {
  const { write, owner } = involvementRow(event, place);
  const closed = { status: 'closed', closed_on: event.closedOn, closed_reason: event.reason, status_at: event.occurredAt };
  return [owner, write('status', closed, INVOLVEMENT_RANK.closed)];
}
