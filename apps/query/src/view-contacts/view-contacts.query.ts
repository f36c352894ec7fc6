import { type IQueryHandler, QueryHandler } from '@nestjs/cqrs';
import { z } from 'zod';
import { AuditedQuery, type Look } from '../audited-query.js';
import { mailAddressIn } from '../layout/contacts.js';
import { KeptProblems } from '../report-problem/kept-problems.js';
import { snapshotOf } from '../snapshot.js';
import { type Member, readMembers } from '../view-family/read-members.js';
import { Death } from '../view-person/birth.js';
import { hasMoved, MovedPerson } from '../view-person/moved-person.js';
import { PersonIdentity } from '../view-person/person-identity.js';
import { printLooks } from '../view-person/print-looks.js';
import { reachPerson } from '../view-person/reach-person.js';
import { type Asked, askedFor, isHop, type Way } from '../view-person/way.js';
import { ContactRow, contactRowsOf } from './contact-rows.js';

/** Whom to ring around a person. */
export const Contacts = z
  .object({
    identity: PersonIdentity,
    /** Everybody whose practitioners are listed: the person first, then who is linked to them. */
    people: z.array(z.object({ person: z.guid(), title: z.string(), ...Death.shape, relationshipWords: z.array(z.string()) })),
    rows: z.array(ContactRow),
    /** E-mail addresses of whoever is involved now, each once; what is no address is not among them. */
    emails: z.array(z.string()),
    /** Of how many rows of whoever is involved now none is: an invitation does not reach them. */
    withoutEmail: z.int(),
    /** The same of whoever is not involved yet, and will be from a day that lies ahead; who is involved now as well is not among them. */
    emailsToBegin: z.array(z.string()),
    /** Those left out of these lists: somebody has reported that the worker has left, or that it has ended. */
    emailsToCheck: z.array(z.string()),
    /** The same of services that hold records, and do not say whether anything is current. */
    emailsOfRecordsHeld: z.array(z.string()),
    /** Services of which nothing is known either way, or not of now, why, and of whom: a practitioner of theirs would be missing. */
    notChecked: z.array(z.object({ serviceNames: z.array(z.string()), words: z.string(), titles: z.array(z.string()) })),
    /** Of whom something is held back, and what is said of it. */
    heldBackWords: z.array(z.object({ person: z.guid(), title: z.string(), words: z.string() })),
  })
  .meta({ id: 'Contacts' });
export type Contacts = z.output<typeof Contacts>;

/** Whom to ring around this person and those linked to them? Null: by this way nobody may be seen. */
export class ViewContacts extends AuditedQuery<Contacts | MovedPerson | null> implements Asked {
  readonly data = 'contacts';
  readonly person: string | null;
  readonly child: string | null;
  constructor(
    person: string,
    private readonly way: Way = {},
  ) {
    super();
    ({ person: this.person, child: this.child } = askedFor(person, way));
  }

  looks(result: Contacts | MovedPerson | null): Look[] {
    const action = 'viewed-contacts';
    if (result === null) return [{ action, person: this.person, found: false }];
    if (hasMoved(result)) return [{ action, person: this.person, found: false, shown: { ...result } }];
    const about = result.people.map(({ person }): Look => {
      const theirs = result.rows.filter(({ about }) => about.some((whom) => whom.person === person));
      const services = [...new Set(theirs.map(({ service }) => service))];
      return { action, person, found: true, shown: { of: this.person, services, contacts: theirs.length } };
    });
    return [...about, ...printLooks(this.way, this.person, 'contacts')];
  }
}

@QueryHandler(ViewContacts)
export class ViewContactsHandler implements IQueryHandler<ViewContacts> {
  constructor(private readonly problems: KeptProblems) {}

  async execute(query: ViewContacts): Promise<Contacts | MovedPerson | null> {
    const snapshot = snapshotOf(query);
    const person = isHop(query) ? null : await reachPerson(snapshot, query);
    if (person === null || hasMoved(person)) return person;
    const members = await readMembers(snapshot, person);
    const rows = await contactRowsOf(members, snapshot, this.problems);
    const emails = emailsOf(rows, isInvolvedNow);
    const emailsOfRecordsHeld = emailsOf(rows, ({ kind }) => kind === 'records-held');
    const emailsToBegin = without(
      emails,
      emailsOf(rows, ({ beginsOn }) => beginsOn !== null),
    );
    return {
      identity: members[0]!.identity,
      people: members.map(({ identity: { person, title, deceasedOn, diedWords }, relationshipWords }) => ({
        person,
        title,
        deceasedOn,
        diedWords,
        relationshipWords,
      })),
      rows,
      emails,
      withoutEmail: rows.filter((row) => isInvolvedNow(row) && mailAddressIn(row.contact.email ?? '') === null).length,
      emailsOfRecordsHeld,
      emailsToBegin,
      emailsToCheck: emailsToCheckOf(rows, [...emails, ...emailsOfRecordsHeld, ...emailsToBegin]),
      notChecked: notCheckedOf(members),
      heldBackWords: members.flatMap(({ identity: { person, title }, heldBackWords: words }) =>
        words === null ? [] : [{ person, title, words }],
      ),
    };
  }
}

const isInvolvedNow = ({ kind, beginsOn }: ContactRow): boolean => kind === 'involved-now' && beginsOn === null;

function emailsOf(rows: readonly ContactRow[], are: (row: ContactRow) => boolean): string[] {
  return distinct(rows.filter((row) => are(row) && !row.maybeOutOfDate));
}

/** @param listed whoever is listed for something else all the same needs no check */
const emailsToCheckOf = (rows: readonly ContactRow[], listed: readonly string[]): string[] =>
  without(listed, distinct(rows.filter((row) => row.kind !== 'involved-before' && row.maybeOutOfDate)));

const without = (listed: readonly string[], emails: readonly string[]): string[] =>
  emails.filter((email) => !listed.some((one) => one.toLowerCase() === email.toLowerCase()));

function distinct(rows: readonly ContactRow[]): string[] {
  const written = rows.map(({ contact }) => mailAddressIn(contact.email ?? '')).filter((email) => email !== null);
  return [...new Map(written.toReversed().map((email) => [email.toLowerCase(), email])).values()].toReversed();
}

function notCheckedOf(members: readonly Member[]): Contacts['notChecked'] {
  const missing = members.flatMap(({ identity: { title }, panels }) =>
    panels.filter(({ state }) => state.reason !== null).map(({ serviceName, state: { words } }) => ({ serviceName, words, title })),
  );
  const ofService = Map.groupBy(missing, ({ serviceName, words }) => `${serviceName} ${words}`);
  const alike = [...ofService.values()].map((same) => ({ ...same[0]!, titles: same.map(({ title }) => title) }));
  // The same of the same people for several services is said once.
  return [...Map.groupBy(alike, ({ words, titles }) => JSON.stringify([words, titles])).values()].map((same) => {
    const { words, titles } = same[0]!;
    return { serviceNames: same.map(({ serviceName }) => serviceName), words, titles };
  });
}
