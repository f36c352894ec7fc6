import { ADMISSION_TYPES, HOUSING_MATTERS, NOT_IN_EDUCATION_STATUSES, OFFENCE_NATURES, OFFENCES } from '#lib/events';
import type { ServiceShown } from '../authority.js';
import { lastMonthsWords } from '../day-words.js';

interface FactShown {
  /** How an opened panel calls it. */
  label: string;
  says: string;
}

const oneOf = (labels: Record<string, string>) => `${Object.values(labels).join('; ')}.`;
const MATTER = `With the day where it is known. One of: ${oneOf(HOUSING_MATTERS)}`;

/** What an opened panel can show of an involvement. The panel takes its labels from here, and the conditions of a service explain them. */
export const FACTS = {
  leadPractitioner: {
    label: 'Lead practitioner',
    says: 'The worker who brings the other services together, with the same details as a contact.',
  },
  contact: {
    label: 'Contact',
    says: 'The worker to ring: name, role, team, telephone, e-mail, and whom to ring out of hours. Where no worker is named, the team and its number; where there is no number, by day or at night, the desk of the database.',
  },
  organisation: { label: 'Organisation', says: 'The organisation that delivers the service.' },
  involvedSince: { label: 'Involved since', says: 'The day the involvement began.' },
  recordedSince: { label: 'Recorded since', says: 'The day the records began.' },
  wasToBegin: { label: 'Was to begin', says: 'The day on which the involvement was to begin, where it had ended before.' },
  involvedFrom: { label: 'Involved from', says: 'The day on which the involvement begins, where that lies ahead.' },
  dueToEnd: { label: 'Due to end', says: 'The day on which it ends, where that lies ahead.' },
  ended: { label: 'Ended', says: 'The day the involvement ended.' },
  schoolName: { label: 'School', says: 'The name of the school.' },
  admissionType: { label: 'Admission', says: `One of: ${oneOf(ADMISSION_TYPES)}` },
  schoolNumber: { label: 'School’s number', says: 'The telephone number of the school, where it is not the team’s.' },
  lastInvolvementStarted: { label: 'Last involvement started', says: 'The day the last involvement started.' },
  mostRecentInteraction: { label: 'Most recent interaction', says: 'The day of the most recent interaction.' },
  association: { label: 'Housing association', says: 'The housing association or landlord.' },
  tenancyStarted: { label: 'Tenancy started', says: 'The day the tenancy started.' },
  antiSocialBehaviour: { label: 'Anti-social behaviour', says: MATTER },
  rentArrears: { label: 'Rent arrears', says: MATTER },
  notice: { label: 'Notice seeking possession', says: MATTER },
  eviction: { label: 'Eviction', says: MATTER },
  policeArea: { label: 'Area', says: 'The police area that holds the records.' },
  offences: {
    label: 'Safeguarding offences',
    says: `Each with its day where it is known, as ${Object.values(OFFENCE_NATURES).join(' or ').toLowerCase()}. One of: ${oneOf(OFFENCES)}`,
  },
  nonSafeguarding: { label: 'Non-safeguarding records', says: 'Whether other offences are on record: yes or no.' },
  status: { label: 'Status', says: `One of: ${oneOf(NOT_IN_EDUCATION_STATUSES)}` },
  kind: { label: 'Kind of involvement', says: 'In the service’s own words.' },
  lastInteraction: { label: 'Last interaction', says: 'The day of the last interaction.' },
} as const satisfies Record<string, FactShown>;
type Fact = keyof typeof FACTS;

const GENERIC: readonly Fact[] = ['kind', 'lastInvolvementStarted', 'lastInteraction'];
/** The facts of a service beside those of every service; any other has the generic ones. */
const OWN: Partial<Record<ServiceShown['service'], readonly Fact[]>> = {
  school: ['schoolName', 'admissionType', 'schoolNumber'],
  'adult-social-care': ['lastInvolvementStarted', 'mostRecentInteraction'],
  housing: ['association', 'tenancyStarted', 'antiSocialBehaviour', 'rentArrears', 'notice', 'eviction'],
  police: ['policeArea', 'offences', 'nonSafeguarding'],
  'not-in-education': ['status'],
};
/** Of these no more was agreed than state, dates and whom to ring, whatever a source sends. */
export const NO_FACTS_OF_THEIR_OWN: readonly ServiceShown['service'][] = ['childrens-social-care', 'youth-offending', 'early-help'];
const OF_A_LIMITED_PERIOD: readonly Fact[] = ['notice', 'eviction'];

/** What an opened panel of a service can show, in the order it does. */
export function factsOfService({ service, saysCurrent, noticesWithinMonths }: ServiceShown): FactShown[] {
  const dates: Fact[] = saysCurrent ? ['involvedSince', 'involvedFrom', 'wasToBegin', 'dueToEnd', 'ended'] : ['recordedSince'];
  const facts: Fact[] = [
    'leadPractitioner',
    'contact',
    'organisation',
    ...dates,
    ...(OWN[service] ?? (NO_FACTS_OF_THEIR_OWN.includes(service) ? [] : GENERIC)),
  ];
  const within = `, ${lastMonthsWords(noticesWithinMonths)}`;
  return facts.map((fact) => ({ ...FACTS[fact], label: FACTS[fact].label + (OF_A_LIMITED_PERIOD.includes(fact) ? within : '') }));
}
