import type { EventOf } from '#lib/events';
import { INVOLVEMENT_RANK } from '../ranks.js';
import type { Place, RegisterWrite } from '../register-write.js';
import { involvementRow } from './involvement-row.js';

/** Entered in error: it disappears when reading; the row stays so that an older event can't bring it back. */
export function involvementRetracted(event: EventOf<'InvolvementRetracted'>, place: Place): RegisterWrite[] {
  const { write, owner } = involvementRow(event, place);
  const retracted = { status: 'retracted', closed_on: null, closed_reason: null, status_at: event.occurredAt };
  return [owner, write('status', retracted, INVOLVEMENT_RANK.retracted)];
}
