import { ageOn, type Day } from '../days.js';
import { somewhere } from '../families/address.js';
import type { Draft } from '../history/draft.js';
import type { Random } from '../random.js';
import type { InvolvementStated, PersonStated, Standing } from './standing.js';

/** What may happen at any moment in Northbridge. Null where nothing of the kind can happen just now. */
export type Happening = (standing: Standing, chance: Random, now: number) => Draft['event'] | null;

const dayOf = (now: number): Day => new Date(now).toISOString().slice(0, 10);

/** A service becomes involved with one more of its people, in a team that is already at work. */
export const opens: Happening = (standing, chance, now) => {
  const like = anyOf(standing.open, chance);
  const record = anyOf(standing.records, chance);
  if (!like || !record || !childWhereNeeded(standing.source, record, dayOf(now))) return null;
  const { service, organisation, team, teamPhone, practitioner } = like;
  const { source, recordId } = record;
  return {
    type: 'InvolvementOpened',
    source,
    recordId,
    involvementId: `${recordId}-${now.toString(36)}`,
    service,
    openedOn: dayOf(now),
    organisation,
    team,
    teamPhone,
    practitioner,
    details: factsFrom(like, dayOf(now)),
  };
};

/** A service has done its work. */
export const closes: Happening = (standing, chance, now) => {
  const involvement = anyOf(standing.open, chance);
  if (!involvement) return null;
  const { source, recordId, involvementId } = involvement;
  return { type: 'InvolvementClosed', source, recordId, involvementId, closedOn: dayOf(now), reason: null };
};

/** Somebody else takes over. */
export const handsOver: Happening = (standing, chance) => {
  const involvement = anyOf(standing.open, chance);
  const other = anyOf(standing.open, chance);
  if (!involvement || !other || other.team !== involvement.team || other.practitioner?.name === involvement.practitioner?.name) return null;
  const { sourceVersion: _version, occurredAt: _at, ...described } = involvement;
  return { ...described, type: 'InvolvementUpdated', practitioner: other.practitioner };
};

/** Somebody has moved to another house in the town. A home that may not be shown is left in peace. */
export const moves: Happening = (standing, chance, now) => {
  const record = anyOf(standing.records, chance);
  if (!record?.addresses?.length || record.addresses.some(({ confidential }) => confidential) || record.deceasedOn) return null;
  const { sourceVersion: _version, occurredAt: _at, ...stated } = record;
  const day = dayOf(now);
  const before = record.addresses.map((home) => (home.to ? home : { ...home, to: day, kind: 'previous' as const }));
  const home = { ...somewhere(chance), from: day, to: null, kind: 'home' as const, confidential: false };
  return { ...stated, addresses: [...before.slice(-8), home] };
};

/** A social worker learns of one more adult around a child. */
export const links: Happening = (standing, chance, now) => {
  const [child, adult] = [anyOf(standing.records, chance), anyOf(standing.records, chance)];
  if (!child || !adult || !isChild(child, dayOf(now)) || isChild(adult, dayOf(now)) || !adult.dateOfBirth) return null;
  return {
    type: 'RelationshipLinked',
    source: child.source,
    recordId: child.recordId,
    relationshipId: `R-${now.toString(36)}`,
    otherRecordId: adult.recordId,
    relationship: chance.pick(['aunt-or-uncle', 'friend', 'neighbour', 'support-carer', 'in-contact-with'] as const),
    startedOn: dayOf(now),
  };
};

const anyOf = <T>(held: ReadonlyMap<string, T>, chance: Random): T | undefined => {
  let left = chance.int(0, Math.max(0, held.size - 1));
  for (const value of held.values()) if (left-- === 0) return value;
  return undefined;
};

const isChild = ({ dateOfBirth }: PersonStated, today: Day): boolean =>
  dateOfBirth?.precision === 'day' && ageOn(dateOfBirth.date, today) < 18;
const childWhereNeeded = (source: string, record: PersonStated, today: Day): boolean => source !== 'mosaic' || isChild(record, today);

function factsFrom({ details }: InvolvementStated, today: Day): InvolvementStated['details'] {
  if (details?.adultSocialCare) return { adultSocialCare: { lastInvolvementStartedOn: today, lastInteractionOn: today } };
  return details;
}
