import type { EventOf } from '#lib/events';
import { tables } from '#lib/read-model';
import { type Place, type RegisterWrite, rowOf } from '../register-write.js';

/** How far the source sees, as far as this partition of the log tells. */
export function sourceChecked(event: EventOf<'SourceChecked'>, place: Place): RegisterWrite[] {
  const key = { source: event.source, service: event.service, partition: place.partition };
  const write = rowOf(tables.coverage, key, {}, event.sourceVersion);
  return [
    write('check', {
      complete_to: event.completeTo,
      covers_from: event.coversFrom,
      covers_to: event.coversTo,
      area: event.area,
      records_held: event.recordsHeld,
      open_involvements_held: event.openInvolvementsHeld,
      log_offset: place.offset,
    }),
  ];
}
