import { Desk } from '#lib/events';
import { z } from 'zod';
import type { SourceFreshness } from '../source-freshness.js';

/** Whom to ring where a source names nobody with a number: the same in an opened panel and in the list of contacts. */
export const RingInstead = z.object({
  /** Where no number of a worker or a team is held: the school, or the desk of the source. */
  instead: Desk.partial({ outOfHoursPhone: true }).nullable(),
  /** Whom to ring out of hours where neither the contact nor that has a number for it: the desk of the source. */
  outOfHours: Desk.omit({ phone: true }).nullable(),
});
export type RingInstead = z.output<typeof RingInstead>;

interface Ringable {
  contact: Record<'phone' | 'teamPhone' | 'outOfHoursPhone', string | null>;
  school: { schoolName: string; contactNumber: string | null } | null;
}

/** @param desk the source's; null: it has none */
export function ringInsteadOf({ contact, school }: Ringable, desk: SourceFreshness['desk'] | null): RingInstead {
  const office: RingInstead['instead'] = school?.contactNumber ? { name: school.schoolName, phone: school.contactNumber } : desk;
  const instead = contact.phone || contact.teamPhone ? null : office;
  const isSaid = contact.outOfHoursPhone || instead?.outOfHoursPhone;
  return { instead, outOfHours: isSaid || desk === null ? null : { name: desk.name, outOfHoursPhone: desk.outOfHoursPhone } };
}
