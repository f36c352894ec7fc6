import { Desk } from '#lib/events';
import { z } from 'zod';
import type { Snapshot } from '../snapshot.js';
import type { Member } from '../view-family/read-members.js';
import { Contact, InvolvementShown } from '../view-person/involvement-shown.js';
import { readInvolvements } from '../view-person/read-involvements.js';
import type { ServicePanel } from '../view-person/service-panel.js';
import { recordedWords } from '../view-person/service-state.js';
import { involvementShown } from '../view-person/show-involvement.js';

const Whom = z.object({ person: z.guid(), title: z.string() });

/** A practitioner or a team, and whom of the family they are or were involved with. */
export const ContactRow = z
  .object({
    service: z.string(),
    serviceName: z.string(),
    /** Which database says so. */
    database: z.string(),
    kind: InvolvementShown.shape.kind,
    /** "Involved now", "Involved before", "Records held"; of a late source "Involved when last checked, 19 Nov 2026; expected every 15 minutes" */
    stateWords: z.string(),
    /** Whether to invite them now: not where the involvement has ended. */
    current: z.boolean(),
    organisation: z.string().nullable(),
    contact: Contact,
    /** Where no number of a worker or a team is held: the school, or the desk of the source. */
    instead: Desk.partial({ outOfHoursPhone: true }).nullable(),
    /** A reader has said that a record behind the panel may be of another person: as it says. */
    doubtWords: z.string().nullable(),
    about: z.array(Whom),
  })
  .meta({ id: 'ContactRow' });
export type ContactRow = z.output<typeof ContactRow>;

/** One row per practitioner and service, those involved now first, then in the authority's order. Only what an opened panel would show. */
export async function contactRowsOf(members: readonly Member[], snapshot: Snapshot): Promise<ContactRow[]> {
  const rows = (await Promise.all(members.map((member) => rowsAbout(member, snapshot)))).flat();
  const order = snapshot.authority.services.map(({ service }): string => service);
  const same = Map.groupBy(rows, (row) => JSON.stringify({ ...row, about: [] }));
  return [...same.values()]
    .map((alike) => ({ ...alike[0]!, about: whomOf(alike) }))
    .toSorted((a, b) => Number(b.current) - Number(a.current) || order.indexOf(a.service) - order.indexOf(b.service));
}

async function rowsAbout({ known, identity, panels }: Member, snapshot: Snapshot): Promise<ContactRow[]> {
  const about = [{ person: identity.person, title: identity.title }];
  const rows = panels
    .filter(({ canOpen }) => canOpen)
    .map(async (panel) => {
      const rule = snapshot.authority.services.find(({ service }) => service === panel.service)!;
      const involvements = await readInvolvements(snapshot, known.subjects, rule.service);
      return involvements.map((involvement) => ({ ...rowOf(involvementShown(involvement, rule, snapshot), panel), about }));
    });
  return (await Promise.all(rows)).flat();
}

function rowOf(involvement: InvolvementShown, panel: ServicePanel): Omit<ContactRow, 'about'> {
  const { database, organisation, contact, kind, staleWords } = involvement;
  return {
    service: panel.service,
    serviceName: panel.serviceName,
    database,
    kind,
    // When it ended differs from child to child: their panels say it.
    stateWords: recordedWords(kind, null, staleWords),
    current: involvement.state === 'open' || panel.state.kind === 'records-held',
    organisation,
    contact,
    doubtWords: panel.doubtWords,
    instead: contact.phone || contact.teamPhone ? null : ringInstead(involvement, panel),
  };
}

function ringInstead({ school, database }: InvolvementShown, { sources }: ServicePanel): ContactRow['instead'] {
  if (school?.contactNumber) return { name: school.schoolName, phone: school.contactNumber };
  return (sources.find(({ name }) => name === database) ?? sources[0])?.desk ?? null;
}

const whomOf = (rows: readonly ContactRow[]): ContactRow['about'] => [
  ...new Map(rows.flatMap(({ about }) => about).map((whom) => [whom.person, whom])).values(),
];
