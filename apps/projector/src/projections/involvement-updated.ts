import type { EventOf } from '#lib/events';
import type { Place, RegisterWrite } from '../register-write.js';
import { descriptionOf, involvementRow } from './involvement-row.js';

/** The description, restated whole. The status is not touched: an update never reopens. */
export function involvementUpdated(event: EventOf<'InvolvementUpdated'>, place: Place): RegisterWrite[] {
  const { write, owner } = involvementRow(event, place);
  return [owner, write('description', descriptionOf(event))];
}
