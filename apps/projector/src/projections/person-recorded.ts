import type { EventOf } from '#lib/events';
import { searchKeysOf } from '#lib/matching';
import { tables } from '#lib/read-model';
import { PRESENCE_RANK } from '../ranks.js';
import { type Place, type RegisterWrite, rowOf } from '../register-write.js';
import { withoutConfidential } from './without-confidential.js';

/** The record's details, restated whole, and that it is there. */
export function personRecorded(event: EventOf<'PersonRecorded'>, place: Place): RegisterWrite[] {
  const addresses = withoutConfidential(event.addresses);
  const { source, recordId } = event;
  const write = rowOf(tables.record, { subject: place.subject }, { source, record_id: recordId }, event.sourceVersion);
  return [
    write('details', {
      names: event.names,
      date_of_birth: event.dateOfBirth?.date ?? null,
      date_of_birth_precision: event.dateOfBirth?.precision ?? null,
      gender: event.gender,
      addresses,
      identifiers: event.identifiers,
      phone: event.phone,
      deceased_on: event.deceasedOn,
      restriction: event.restriction,
      flags: event.flags,
      confirmed_at: event.confirmedAt,
      details_at: event.occurredAt,
      search_keys: searchKeysOf({ ...event, addresses }),
    }),
    write('presence', { present: true, removed_reason: null }, PRESENCE_RANK.recorded),
  ];
}
