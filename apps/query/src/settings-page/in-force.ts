import { type UnusualRule, ruleWords } from '#lib/audit';
import { SERVICES, type Service, servicesSpokenFor, type Source } from '#lib/events';
import { type Authority, caseManagementOf, type ServiceShown } from '../authority.js';
import { limitsOf } from '../about/services.js';
import { periodWords } from '../kept-for.js';
import { ROLES } from '../sign-in/reader.js';
import { agreedWords, DISPLAY_WORDS, JOURNEY_WORDS, SEARCH_WORDS, shareWords, yesOrNo } from './setting-words.js';

/** One line or several of a cell. */
type Lines = string | readonly string[];

interface SettingsTable {
  caption: string;
  columns: readonly string[];
  /** Each as long as the columns; the first is its heading. */
  rows: readonly (readonly Lines[])[];
}

/** Settings that belong together, in words. */
export interface SettingsArea {
  id: string;
  heading: string;
  about?: string;
  facts?: readonly { label: string; lines: Lines }[];
  tables?: readonly SettingsTable[];
}

/** All that people are read by now, defaults too, area by area. Secrets are no part of an authority's settings. */
export const settingsInForce = (authority: Authority): SettingsArea[] => [
  theAuthority(authority),
  journeys(authority),
  services(authority),
  sources(authority),
  problems(authority),
  signIn(authority),
  stewards(authority),
  unusualUse(authority),
];

type DeskOf = Authority['desk'];
const deskLines = ({ name, phone, outOfHoursPhone }: DeskOf): string[] => [name, phone, `out of hours ${outOfHoursPhone}`];
const noneOr = (lines: readonly string[] | undefined, none: string): Lines => (lines?.length ? lines : none);

const theAuthority = ({ name, desk, inWriting, auditKeptFor }: Authority): SettingsArea => ({
  id: 'authority',
  heading: 'The authority, dates and times',
  about: 'Ages, days, out of hours and due times are reckoned in Europe/London, whatever is set here.',
  facts: [
    { label: 'Name', lines: name },
    { label: 'Desk to ask, day and night', lines: deskLines(desk) },
    {
      label: 'How to ask without a telephone',
      lines: inWriting ? [inWriting.email, inWriting.post, inWriting.relay] : 'Not said: required in production',
    },
    {
      label: 'It is kept who looked',
      lines: auditKeptFor ? `for at least ${periodWords(auditKeptFor)}` : 'Not said: required in production',
    },
  ],
});

const journeys = (authority: Authority): SettingsArea => ({
  id: 'journeys',
  heading: 'Journeys and searching',
  facts: [
    { label: 'Journeys, the first is begun with', lines: authority.journeys.map((journey) => JOURNEY_WORDS[journey]) },
    { label: 'What is searched by', lines: authority.searchBy.map((way) => SEARCH_WORDS[way]) },
    {
      label: 'Case management system',
      lines: `${caseManagementOf(authority).name}: its IDs are the case IDs, its links the related individuals`,
    },
    { label: 'Systems that may lead here by a link', lines: noneOr(authority.linksFrom, 'None') },
  ],
});

function services({ services }: Authority): SettingsArea {
  const listed = new Set<string>(services.map(({ service }) => service));
  const left = (Object.keys(SERVICES) as Service[]).filter((service) => !listed.has(service)).map((service) => SERVICES[service]);
  return {
    id: 'services',
    heading: 'Services and display rules',
    about: `In the order of display. ${left.length > 0 ? `Not listed, and so not shown at all: ${left.join(', ')}.` : 'Every service is listed.'}`,
    tables: [
      {
        caption: 'Services',
        columns: ['Service', 'How it is shown', 'For which ages', 'Limits', 'Matched with care', 'When it shows an involvement'],
        rows: services.map((one) => [
          SERVICES[one.service],
          one.broker ? [DISPLAY_WORDS[one.display], ...deskLines(one.broker)] : DISPLAY_WORDS[one.display],
          agesWords(one),
          noneOr(limitsOf(one), 'None'),
          yesOrNo(one.matchedWithCare),
          one.conditions,
        ]),
      },
    ],
  };
}

function agesWords({ fromAge, toAge }: ServiceShown): string {
  if (fromAge !== undefined) return toAge === undefined ? `${fromAge} and over` : `${fromAge} to ${toAge}`;
  return toAge === undefined ? 'All ages' : `Up to ${toAge}`;
}

const sources = ({ sources }: Authority): SettingsArea => ({
  id: 'sources',
  heading: 'Sources',
  tables: [
    {
      caption: 'How often each source is expected, and when it alarms',
      columns: [
        'Source',
        'Service',
        'Expected every',
        'Late after',
        'Alarms when a day takes away',
        'Tells of',
        'Whom to ring while it is late',
      ],
      rows: sources.map((one) => [
        namedWithId(one),
        servicesSpokenFor(one).map((service) => SERVICES[service]),
        agreedWords(one.expectedEvery),
        agreedWords(one.silence),
        `${shareWords(one.alarmDropShare)} of its records, or of its open involvements, and at least ${one.alarmDropAtLeast}`,
        one.postcodes ? `Postcodes that begin with ${one.postcodes.join(', ')}` : 'Anywhere',
        deskLines(one.desk),
      ]),
    },
  ],
});

const namedWithId = ({ id, name }: Source): string[] => [name, `${id} in its events`];
const ownerWords = ({ name, email }: { name: string; email: string }): string => `${name}, ${email}`;

const problems = ({ sources, dataAnalysts }: Authority): SettingsArea => ({
  id: 'problems',
  heading: 'Who answers when something is wrong',
  facts: [
    {
      label: 'Data analysts',
      lines: [
        `Team ${dataAnalysts.team}: sees and answers the problems of every source`,
        `Whom silence goes to: ${ownerWords(dataAnalysts)}`,
      ],
    },
  ],
  tables: [
    {
      caption: 'Who answers for each source',
      columns: ['Source', 'Owners, the first is asked first', 'Teams that see and answer its problems'],
      rows: sources.map((one) => [
        one.name,
        noneOr(one.owners?.map(ownerWords), 'None set: required in production'),
        noneOr(one.publishedBy, 'None: the data analysts alone'),
      ]),
    },
  ],
});

const signIn = ({ signIn: { claims, roles, machines } }: Authority): SettingsArea => ({
  id: 'roles',
  heading: 'Roles and sign-in',
  about:
    'Where the directory names several roles of a reader, the first in this order counts; a role that is not here is refused. Passwords and keys are no settings and stand nowhere here.',
  facts: [
    { label: 'Claim with the user name', lines: claims.id },
    { label: 'Claim with the name', lines: claims.name },
    { label: 'Claim with the team', lines: claims.team },
    { label: 'Claim with the role', lines: claims.role },
  ],
  tables: [
    {
      caption: 'Roles',
      columns: ['What the directory says', 'Role here'],
      rows: Object.entries(roles).map(([said, role]) => [said, ROLES[role]]),
    },
    {
      caption: 'Machines that may ask questions or make links',
      columns: ['Client', 'In whose name its looks are on record', 'Role', 'Team'],
      rows: machines.map(({ client, reader }) => [client, [reader.name, reader.id], ROLES[reader.role], reader.team || 'None']),
    },
  ],
});

const stewards = ({ stewards: { secondLookOneIn } }: Authority): SettingsArea => ({
  id: 'stewards',
  heading: 'Data stewards',
  facts: [
    {
      label: 'Pairs that two stewards decide',
      lines: `${secondLookOneIn === 1 ? 'Every one' : `One in ${secondLookOneIn}`}, and every pair with a record that is matched with care or that readers are not told of`,
    },
  ],
});

const unusualUse = ({ unusualUse: use }: Authority): SettingsArea => ({
  id: 'unusual-use',
  heading: 'Unusual use',
  tables: [
    {
      caption: 'Rules that point out unusual use',
      columns: ['Rule', 'On', 'What it points out'],
      rows: (Object.keys(use) as UnusualRule[]).map((rule) => [
        ruleWords(rule, use).name,
        yesOrNo(use[rule].on),
        ruleWords(rule, use).explanation,
      ]),
    },
    {
      caption: 'Hours of work that are a role’s own',
      columns: ['Role', 'At work'],
      rows: Object.entries(use.outOfHours.roles).map(([role, hours]) => [
        role in ROLES ? ROLES[role as keyof typeof ROLES] : role,
        hours === 'any-time' ? 'At any time' : `${hours.from} to ${hours.to}${hours.weekends ? ', weekends too' : ', not at weekends'}`,
      ]),
    },
  ],
});
