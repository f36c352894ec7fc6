import { SERVICES, type Service } from './codes.js';

/** How a service is shown, and how its records are matched. */
interface ServiceRules {
  /** Undefined: it may be sensitive, so the settings have to say it. */
  display: 'shown' | undefined;
  /** Whole years, both inclusive; null: no limit. */
  fromAge: number | null;
  toAge: number | null;
  saysCurrent: boolean;
  offencesAtMost: number;
  noticesWithinMonths: number;
  matchedWithCare: boolean;
}

const SHOWN: ServiceRules = {
  display: 'shown',
  fromAge: null,
  toAge: null,
  saysCurrent: true,
  offencesAtMost: 3,
  noticesWithinMonths: 12,
  matchedWithCare: false,
};
const AS_SET: ServiceRules = { ...SHOWN, display: undefined };

/** What holds of a service where an authority's settings do not say otherwise (product: services, facts and display rules). */
const DEFAULT_RULES: Record<Service, ServiceRules> = {
  'childrens-social-care': SHOWN,
  school: { ...SHOWN, fromAge: 4, toAge: 20 },
  'adult-social-care': { ...SHOWN, fromAge: 16, matchedWithCare: true },
  housing: { ...SHOWN, fromAge: 16 },
  police: { ...SHOWN, fromAge: 18, saysCurrent: false, matchedWithCare: true },
  'youth-offending': { ...SHOWN, fromAge: 10, toAge: 21, matchedWithCare: true },
  'not-in-education': { ...SHOWN, fromAge: 16, toAge: 24 },
  'early-help': SHOWN,
  'health-visitor': AS_SET,
  'childrens-centre': AS_SET,
  gp: AS_SET,
  probation: AS_SET,
  'mental-health': AS_SET,
  'drug-and-alcohol': AS_SET,
  'benefits-and-employment': AS_SET,
  other: AS_SET,
};

/** Whether the settings have to say how it is displayed, as that may tell more of somebody than that they are known. */
export const mayBeSensitive = (service: Service): boolean => DEFAULT_RULES[service].display === undefined;

/**
 * The services of an authority's settings with the default rules laid under what each says.
 * @param services as they stand in the file; whatever is wrong with them is left so, for whoever checks them
 */
export const withDefaultRules = (services: unknown): unknown =>
  Array.isArray(services) ? services.map((said: unknown) => (isObject(said) ? { ...rulesOf(said.service), ...said } : said)) : services;

const rulesOf = (service: unknown): ServiceRules =>
  typeof service === 'string' && Object.hasOwn(SERVICES, service) ? DEFAULT_RULES[service as Service] : SHOWN;

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value);
