import type { EventOf } from '#lib/events';
import { INVOLVEMENT_RANK } from '../ranks.js';
import type { Place, RegisterWrite } from '../register-write.js';
import { descriptionOf, involvementRow } from './involvement-row.js';

/** Open from now on (or again), with its description. */
export function involvementOpened(event: EventOf<'InvolvementOpened'>, place: Place): RegisterWrite[] {
  const { write, owner } = involvementRow(event, place);
  const open = { status: 'open', closed_on: null, closed_reason: null, status_at: event.occurredAt };
  return [owner, write('status', open, INVOLVEMENT_RANK.open), write('description', descriptionOf(event))];
}
