import {
  ADMISSION_TYPES,
  HOUSING_MATTERS,
  type InvolvementDescription,
  NOT_IN_EDUCATION_STATUSES,
  OFFENCE_NATURES,
  OFFENCES,
  type Service,
} from '#lib/events';
import { beginsAfter, isOver } from '#lib/read-model';
import { databaseName, type ServiceShown } from '../authority.js';
import { lastMonthsWords, londonDay } from '../day-words.js';
import type { Snapshot } from '../snapshot.js';
import type { InvolvementShown } from './involvement-shown.js';
import type { StoredInvolvement } from './read-involvements.js';
import { NO_FACTS_OF_THEIR_OWN } from './facts-shown.js';
import { ringInsteadOf } from './ring-instead.js';
import { endedWords, recordedKind, recordedWords, staleWordsOf } from './service-state.js';

type Details = InvolvementDescription['details'];

/** What a panel shows of its involvements: the newest offences alone, however many involvements they are spread over. */
export function involvementsShown(involvements: readonly StoredInvolvement[], rule: ServiceShown, snapshot: Told): InvolvementShown[] {
  const shown = involvements.map((involvement) => involvementShown(involvement, rule, snapshot));
  const all = shown.flatMap(({ police }) => police?.offences ?? []);
  const newest = all.toSorted((a, b) => (b.date ?? '').localeCompare(a.date ?? '')).slice(0, rule.offencesAtMost);
  return shown.map((one) => {
    const { police } = one;
    const stated = police?.offences ?? null;
    if (police === null || stated === null) return one;
    const offences = newest.filter((offence) => stated.includes(offence));
    return { ...one, police: { ...police, offences, moreNotListed: offences.length < stated.length } };
  });
}

type Told = Pick<Snapshot, 'authority' | 'sources' | 'now'>;

/** An involvement in the words and within the limits of its service's display rules. Facts of another service, should a source send them, are not shown. */
export function involvementShown(involvement: StoredInvolvement, rule: ServiceShown, { authority, sources, now }: Told): InvolvementShown {
  const { openedOn, organisation, coordinating, details } = involvement;
  const today = londonDay(now);
  const status = statusSaid(involvement, rule, today);
  const kind = recordedKind(rule, status.state === 'open');
  const ofSource = sources.filter(({ source }) => source === involvement.source);
  const said = ofSource.find(({ service }) => service === rule.service) ?? ofSource[0];
  const stale = staleWordsOf(said ? [said] : []);
  const contact = contactOf(involvement);
  const facts = { ...NO_FACTS, ...(FACTS_OF[rule.service] ?? genericFacts)(details ?? NO_DETAILS, rule, today) };
  const source = said ?? sources.find(({ service }) => service === rule.service);
  return {
    database: databaseName(authority, involvement.source),
    ...status,
    kind,
    stateWords: recordedWords(kind, { ended: endedWords(status.closedOn), beginsOn: beginsAfter(openedOn, today), stale }),
    staleWords: stale,
    openedOn,
    beginsAhead: beginsAfter(openedOn, today) !== null,
    neverBegan: status.state === 'closed' && openedOn !== null && status.closedOn !== null && openedOn > status.closedOn,
    organisation,
    coordinating,
    contact,
    ...ringInsteadOf({ contact, school: facts.school }, source?.desk ?? null),
    ...facts,
  };
}

/** Where a service never says that something is current, that it has ended is not said either: the rest would be taken for current. */
function statusSaid(
  involvement: StoredInvolvement,
  { saysCurrent }: ServiceShown,
  today: string,
): Pick<InvolvementShown, 'state' | 'closedOn'> {
  if (!saysCurrent) return { state: null, closedOn: null };
  return { state: isOver(involvement, today) ? 'closed' : 'open', closedOn: involvement.closedOn };
}

function contactOf({ practitioner, team, teamPhone }: StoredInvolvement): InvolvementShown['contact'] {
  return {
    name: practitioner?.name ?? null,
    role: practitioner?.role ?? null,
    phone: practitioner?.phone ?? null,
    email: practitioner?.email ?? null,
    outOfHoursName: practitioner?.outOfHoursName ?? null,
    outOfHoursPhone: practitioner?.outOfHoursPhone ?? null,
    team,
    teamPhone,
  };
}

type Facts = Pick<InvolvementShown, 'school' | 'adultSocialCare' | 'housing' | 'police' | 'notInEducation' | 'generic'>;
const NO_FACTS: Facts = { school: null, adultSocialCare: null, housing: null, police: null, notInEducation: null, generic: null };

type FactsShown = (details: Details, rule: ServiceShown, today: string) => Partial<Facts>;

/** The facts each service agreed to show. */
const FACTS_OF: Partial<Record<Service, FactsShown>> = {
  school: ({ school }) => ({ school: school && { ...school, admissionType: ADMISSION_TYPES[school.admissionType] } }),
  'adult-social-care': ({ adultSocialCare }) => ({ adultSocialCare }),
  housing: ({ housing }, rule, today) => ({ housing: housingShown(housing ?? NO_HOUSING, today, rule.noticesWithinMonths) }),
  police: ({ police }, rule) => ({ police: policeShown(police, rule.offencesAtMost) }),
  'not-in-education': ({ notInEducation }) => ({
    notInEducation: notInEducation && { status: NOT_IN_EDUCATION_STATUSES[notInEducation.status] },
  }),
};
/** Any other service has the generic block, where that was agreed. */
const genericFacts: FactsShown = ({ generic }, { service }) => ({ generic: NO_FACTS_OF_THEIR_OWN.includes(service) ? null : generic });

const NO_DETAILS: Details = { school: null, adultSocialCare: null, housing: null, police: null, notInEducation: null, generic: null };
/** Of these two a blank would read as "none". */
const NO_HOUSING: NonNullable<Details['housing']> = {
  association: null,
  tenancyStartedOn: null,
  antiSocialBehaviour: null,
  rentArrears: null,
  noticeSeekingPossession: null,
  eviction: null,
};

type Matter = NonNullable<Details['housing']>['eviction'];

/** What a source does not say is not "no". */
const NOT_SAID = { words: 'Not said by the source', on: null };

function housingShown(housing: NonNullable<Details['housing']>, today: string, months: number): InvolvementShown['housing'] {
  const oldest = oldestShown(today, months);
  const matter = (held: Matter) => (held ? { words: HOUSING_MATTERS[held.state], on: held.on } : NOT_SAID);
  // An open case is recent however long ago it began.
  const recent = (held: Matter) => {
    if (held?.state === 'closed' && held.on === null) return { words: `Not known whether in the ${lastMonthsWords(months)}`, on: null };
    return matter(held?.state === 'closed' && held.on !== null && held.on < oldest ? { state: 'none', on: null } : held);
  };
  return {
    association: housing.association,
    tenancyStartedOn: housing.tenancyStartedOn,
    antiSocialBehaviour: matter(housing.antiSocialBehaviour),
    rentArrears: matter(housing.rentArrears),
    noticesWithinWords: lastMonthsWords(months),
    noticeSeekingPossession: recent(housing.noticeSeekingPossession),
    eviction: recent(housing.eviction),
  };
}

function policeShown(police: Details['police'], atMost: number): InvolvementShown['police'] {
  return {
    area: police?.area ?? null,
    offences: police && police.offences.map(({ date, type, nature }) => ({ date, type: OFFENCES[type], nature: OFFENCE_NATURES[nature] })),
    moreNotListed: false,
    maximumWords: `A maximum of ${atMost} will be listed`,
    nonSafeguarding: police && police.nonSafeguarding,
  };
}

/** The same day of the month, that many months ago: `2026-11-23`, 12 → `2025-11-23`; the last day of a month that has no such day. */
function oldestShown(today: string, months: number): string {
  const [year, month, day] = today.split('-').map(Number) as [number, number, number];
  const lastOfMonth = new Date(Date.UTC(year, month - months, 0)).getUTCDate();
  return new Date(Date.UTC(year, month - 1 - months, Math.min(day, lastOfMonth))).toISOString().slice(0, 10);
}
