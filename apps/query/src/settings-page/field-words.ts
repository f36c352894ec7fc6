import { ruleWords, UnusualUse } from '#lib/audit';
import { SERVICES } from '#lib/events';
import type { SettingsDifference } from '#lib/kept';
import { Period, periodWords } from '../kept-for.js';
import { ROLES } from '../sign-in/reader.js';
import { DISPLAY_WORDS, durationWords, JOURNEY_WORDS, SEARCH_WORDS, shareWords, yesOrNo } from './setting-words.js';

/** One field of a version, in words; what this release has no words for keeps the name that the file has for it. */
export interface FieldInWords {
  label: string;
  /** As in the file. */
  field: string;
  was: string;
  is: string;
}

/** What differs between two versions, by area, in the order it came. */
export function areasOfDifferences(differences: readonly SettingsDifference[]): { area: string; fields: FieldInWords[] }[] {
  const areas = Map.groupBy(differences, ({ path }) => areaOf(path));
  return [...areas].map(([area, within]) => ({ area, fields: within.map(fieldInWords) }));
}

const THE_AUTHORITY = 'The authority and its journeys';
const AREAS = wordsFor({
  services: 'Services and display rules',
  sources: 'Sources',
  dataAnalysts: 'Data analysts',
  stewards: 'Data stewards',
  unusualUse: 'Unusual use',
  signIn: 'Roles and sign-in',
});
const areaOf = ([first = '']: readonly string[]): string => AREAS.get(first) ?? THE_AUTHORITY;

function fieldInWords({ path, field, was, is, reordered }: SettingsDifference): FieldInWords {
  const label = (AREAS.has(path[0] ?? '') ? path.slice(1) : path)
    .map((name, at, names) => nameWords(name, names[at - 1], path[0]))
    .join(' › ');
  const values = reordered ? { was: 'Another order', is: 'The order changed' } : { was: valueWords(path, was), is: valueWords(path, is) };
  return { label: label || 'All of it', field, ...values };
}

const RULES = wordsFor(
  Object.fromEntries(Object.keys(UnusualUse.shape).map((rule) => [rule, ruleWords(rule as keyof UnusualUse, UnusualUse.parse({})).name])),
);
const SERVICE_NAMES = wordsFor(SERVICES);
const ROLE_NAMES = wordsFor(ROLES);

/** What a field, a service, a rule or a role of the file is called. Roles of the directory and sources keep their own word. */
function nameWords(name: string, within: string | undefined, area: string | undefined): string {
  if (within === undefined && area === 'services') return SERVICE_NAMES.get(name) ?? name;
  if (within === undefined && area === 'unusualUse') return RULES.get(name) ?? name;
  if (within === undefined && area === 'sources') return name;
  if (within === 'roles') return area === 'unusualUse' ? (ROLE_NAMES.get(name) ?? name) : name;
  if (within === 'machines') return name;
  return FIELDS.get(`${within ?? ''}.${name}`) ?? FIELDS.get(name) ?? name;
}

const FIELDS = wordsFor({
  name: 'Name',
  journeys: 'Journeys, the first is begun with',
  searchBy: 'What is searched by',
  caseManagementSystem: 'Case management system',
  linksFrom: 'Systems that may lead here by a link',
  desk: 'Desk',
  phone: 'Telephone',
  outOfHoursPhone: 'Out of hours',
  email: 'E-mail',
  inWriting: 'How to ask without a telephone',
  post: 'By post',
  relay: 'For whoever can’t hear or speak on the telephone',
  team: 'Team',
  auditKeptFor: 'It is kept who looked, for at least',
  service: 'Service',
  display: 'How it is shown',
  broker: 'Broker to ring',
  fromAge: 'Shown from age',
  toAge: 'Shown up to age',
  saysCurrent: 'Says what is current',
  offencesAtMost: 'Offences listed at most',
  noticesWithinMonths: 'Notices and evictions of the last months',
  matchedWithCare: 'Matched with care',
  conditions: 'When it shows an involvement',
  id: 'ID',
  expectedEvery: 'Expected every',
  silence: 'Late after',
  alarmDropShare: 'Alarms when a day takes away this share',
  alarmDropAtLeast: 'And at least so many',
  owners: 'Owners',
  postcodes: 'Postcodes it tells of begin with',
  publishedBy: 'Teams that see and answer its problems',
  secondLookOneIn: 'Two stewards decide one pair in',
  claims: 'Claims of the directory',
  'claims.id': 'With the user name',
  'claims.name': 'With the name',
  'claims.team': 'With the team',
  'claims.role': 'With the role',
  roles: 'Roles',
  machines: 'Machines',
  client: 'Client',
  reader: 'In whose name',
  role: 'Role',
  on: 'On',
  hours: 'Hours of work',
  from: 'From',
  to: 'To',
  weekends: 'Weekends too',
  looks: 'Looks on a day at least',
  people: 'People',
  timesUsual: 'Times the reader’s usual',
  usualDays: 'Usual of the last days',
  heldByAtMost: 'Borne by at most so many people',
});

/** Codes of the file in words, by the field they stand in. */
const CODES: Record<string, ReadonlyMap<string, string>> = {
  journeys: wordsFor(JOURNEY_WORDS),
  searchBy: wordsFor(SEARCH_WORDS),
  service: SERVICE_NAMES,
  display: wordsFor(DISPLAY_WORDS),
  role: ROLE_NAMES,
};

function valueWords(path: readonly string[], value: unknown): string {
  const [name = '', within = ''] = [path.at(-1), path.at(-2)];
  if (value === undefined) return 'Not set';
  if (value === null) return name === 'fromAge' || name === 'toAge' ? 'No limit' : 'Nothing';
  if (typeof value === 'boolean') return yesOrNo(value);
  if (typeof value === 'number') return name === 'alarmDropShare' ? shareWords(value) : String(value);
  if (typeof value === 'string') return textWords(name, within, value);
  const parts = Object.values(value);
  if (parts.length === 0) return Array.isArray(value) ? 'None' : 'As it is by default';
  return parts.map((part: unknown) => (isObject(part) ? partWords(part) : valueWords(path, part))).join('; ');
}

/** Somebody or something without an ID, such as an owner: "Ruth Calder, ruth.calder@northbridge.example". */
const partWords = (part: object): string =>
  Object.entries(part)
    .map(([name, value]) => valueWords([name], value))
    .join(', ');

function textWords(name: string, within: string, text: string): string {
  if (text === 'any-time') return 'At any time';
  if (within === 'claims') return text;
  if (within === 'roles') return ROLE_NAMES.get(text) ?? text;
  if (name === 'expectedEvery' || name === 'silence') return durationWords(text);
  if (name === 'auditKeptFor') return Period.safeParse(text).success ? periodWords(text) : text;
  return CODES[name]?.get(text) ?? text;
}

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null;

/** A map, so that a field called like something every object has is not taken for it. */
function wordsFor(words: Readonly<Record<string, string>>): ReadonlyMap<string, string> {
  return new Map(Object.entries(words));
}
