import type { EventOf } from '#lib/events';
import { tables } from '#lib/read-model';
import { type Place, rowOf } from '../register-write.js';

type Described = EventOf<'InvolvementOpened'> | EventOf<'InvolvementUpdated'>;
type OfInvolvement = Described | EventOf<'InvolvementClosed'> | EventOf<'InvolvementRetracted'>;

/** The involvement's row, and the register every event about it writes: which record it belongs to. */
export function involvementRow(event: OfInvolvement, place: Place) {
  const key = { source: event.source, involvement_id: event.involvementId };
  const write = rowOf(tables.involvement, key, {}, event.sourceVersion);
  return { write, owner: write('owner', { subject: place.subject }) };
}

/** What the involvement is like, as stated whole by an opening or an update. */
export function descriptionOf(event: Described) {
  return {
    service: event.service,
    opened_on: event.openedOn,
    organisation: event.organisation,
    team: event.team,
    team_phone: event.teamPhone,
    practitioner: event.practitioner,
    coordinating: event.coordinating,
    details: event.details,
    described_at: event.occurredAt,
  };
}
