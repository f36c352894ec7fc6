import { z } from 'zod';
import { UnusualUse } from '#lib/audit';
import { Desk, Owner, SERVICES, type Service, type Source, Sources, sourcesByService, withDefaultRules } from '#lib/events';
import { Period } from './kept-for.js';
import { plainIssue } from './plain-issue.js';
import type { Reader } from './sign-in/reader.js';
import { SignInSettings } from './sign-in/sign-in-settings.js';
import { placeIn, settingsWrong, writtenSettings } from './written-settings.js';

export const JOURNEYS = ['search-any', 'child-first'] as const;
export type Journey = (typeof JOURNEYS)[number];
export const WAYS_TO_SEARCH = ['names', 'case-id'] as const;
export type WayToSearch = (typeof WAYS_TO_SEARCH)[number];

const oneOrMore = <Code extends string>(codes: readonly Code[]) =>
  z
    .array(z.enum(codes))
    .min(1)
    .refine((chosen) => new Set(chosen).size === chosen.length, 'names one of them twice');

const serviceCode = z.enum(Object.keys(SERVICES) as [Service, ...Service[]]);
/** Null: no limit. */
const age = z
  .int()
  .min(0)
  .nullable()
  .transform((years) => years ?? undefined);
const DISPLAYS = ['shown', 'no-agreement', 'broker', 'hidden'] as const;
const serviceShown = z.strictObject({
  service: serviceCode,
  /** `no-agreement`: the service is named, but nothing of it may be shown. `broker`: nor is anything, but its broker may be rung. */
  display: z.enum(DISPLAYS, {
    error: ({ input }) => (input === undefined ? `has to be said of a service that may be sensitive: ${DISPLAYS.join(', ')}` : undefined),
  }),
  /** Whom to ring about a service that is set to `broker`. */
  broker: Desk.optional(),
  /** Whole years, both inclusive. */
  fromAge: age,
  toAge: age,
  /** False: the service never says that an involvement is current, only that records are held. */
  saysCurrent: z.boolean(),
  /** Offences listed at most. */
  offencesAtMost: z.int().min(0),
  /** Notices and evictions older than this are not shown. */
  noticesWithinMonths: z.int().min(0),
  /** Whether a record of this service asks for more before it is matched with others; the matcher’s to follow. */
  matchedWithCare: z.boolean(),
  /** What an involvement of this service is, in one sentence: what would have shown. */
  conditions: z.string().min(1),
});

export const Authority = z
  .strictObject({
    name: z.string().min(1),
    /** `search-any`: a reader may search and open any individual. `child-first`: a child, and from there who is linked to that child. Either or both. */
    journeys: oneOrMore(JOURNEYS),
    /** What the search page asks for: names, a case ID, or either. */
    searchBy: oneOrMore(WAYS_TO_SEARCH).default([...WAYS_TO_SEARCH]),
    /** The source whose ids are case IDs and whose links are the related individuals. */
    caseManagementSystem: z.string(),
    /** Origins of the systems that may lead readers here by a link, and back again. */
    linksFrom: z
      .array(z.url({ protocol: /^https?$/, abort: true }).refine((url) => new URL(url).origin === url, 'must be an origin'))
      .default([]),
    /** The desk to ask, day and night, about anything not in the index. */
    desk: Desk,
    /** How to reach the authority besides the telephone: about what is held, and about these pages. Required in production. */
    inWriting: z
      .strictObject({
        email: z.email(),
        /** A postal address, on one line. */
        post: z.string().min(1),
        /** How somebody who can't hear or speak on the telephone rings. */
        relay: z.string().min(1),
      })
      .optional(),
    /** In the order of display. A service left out is not shown; of one that is listed, what it does not say goes by the default rules. */
    services: z.preprocess(withDefaultRules, z.array(serviceShown).min(1)),
    sources: Sources,
    /**
     * The team whose source publishers see the problems of every source, and whom silence of both owners goes to. Required everywhere: that an
     * involvement is missing is asked of them alone, and a page must not offer what nobody answers.
     */
    dataAnalysts: z.strictObject(
      { ...Owner.shape, team: z.string().min(1) },
      {
        error: ({ input }) =>
          input === undefined ? 'has to be said: who answers, of no source, that an involvement is missing (name, email, team)' : undefined,
      },
    ),
    /** How long, at least, it is kept who looked; told to the people the index is about. Required in production. */
    auditKeptFor: Period.optional(),
    /** How data stewards decide whether records are of one person. */
    stewards: z
      .strictObject({
        /** One in so many pairs is decided by two of them, neither told of the other. */ secondLookOneIn: z.int().min(1).default(10),
      })
      .prefault({}),
    /** Which use of the index is pointed out to information governance. */
    unusualUse: UnusualUse.prefault({}),
    /** How the directory names readers and their roles. */
    signIn: SignInSettings,
  })
  .check(({ value, issues }) => {
    for (const message of contradictionsIn(value)) issues.push({ code: 'custom', message, input: value });
  });
/** One authority's settings: who sends, what is shown of whom, whom to ring. */
export type Authority = z.output<typeof Authority>;
export type ServiceShown = Authority['services'][number];

interface Settings {
  caseManagementSystem: string;
  services: z.output<typeof serviceShown>[];
  sources: readonly Source[];
}

function contradictionsIn({ caseManagementSystem, services, sources }: Settings): string[] {
  const twice = (names: string[]) => names.filter((name, at) => names.indexOf(name) !== at);
  return [
    ...services
      .filter(({ display, broker }) => (display === 'broker') !== (broker !== undefined))
      .map(
        ({ service, display }) =>
          `service ${service} ${display === 'broker' ? 'needs a broker to ring' : 'has a broker but is not set to it'}`,
      ),
    ...services
      .filter(({ fromAge = 0, toAge = Infinity }) => fromAge > toAge)
      .map(({ service, fromAge, toAge }) => `service ${service} is shown from age ${fromAge} and only up to age ${toAge}`),
    ...twice(services.map(({ service }) => service)).map((name) => `service ${name} is listed twice`),
    ...sources
      .filter((source) => !services.some(({ service }) => service === source.service))
      .map(({ id, service }) => `source ${id} belongs to service ${service}, which is not listed`),
    ...sources.flatMap(({ id, alsoFor = [] }) =>
      alsoFor
        .filter((also) => !services.some(({ service }) => service === also))
        .map((also) => `source ${id} speaks also for service ${also}, which is not listed`),
    ),
    // Its records tell nothing of anybody: of the other service it would seem that nothing was found.
    ...sources
      .filter(({ service, alsoFor }) => alsoFor && services.some((rule) => rule.service === service && rule.display !== 'shown'))
      .map(({ id, service }) => `source ${id} speaks also for others, and its own service ${service} is not shown`),
    ...(sources.some(({ id }) => id === caseManagementSystem) ? [] : [`caseManagementSystem ${caseManagementSystem} is no source`]),
  ];
}

/** The journey asked for where the authority has it; else the first it has. */
export const journeyOf = ({ journeys }: Authority, asked?: Journey): Journey =>
  asked !== undefined && journeys.includes(asked) ? asked : journeys[0]!;

/** The case management system's own settings. */
export function caseManagementOf(authority: Authority): Source {
  return authority.sources.find(({ id }) => id === authority.caseManagementSystem)!;
}

const displayOf = ({ services }: Authority, source: Source) => services.find(({ service }) => service === source.service)?.display;

const mayBeKnown = (authority: Authority) => (source: Source) => !['hidden', 'broker'].includes(displayOf(authority, source) ?? '');

/** The sources readers may know of: those of a hidden service, or of one with a broker, are left out as if they did not exist. */
export const knownSources = (authority: Authority): Source[] => authority.sources.filter(mayBeKnown(authority));

/** Each of those once for every service it speaks for that readers may know of, its own first. */
export const knownSourcesByService = (authority: Authority): Source[] =>
  sourcesByService(knownSources(authority)).filter(mayBeKnown(authority));

/** Ids of the sources whose records tell nothing of anybody: their service is hidden, a broker's, or there is no agreement with it. */
export const silentSources = (authority: Authority): string[] =>
  authority.sources.filter((source) => displayOf(authority, source) !== 'shown').map(({ id }) => id);

/** The name readers know a source's database by; a source no longer in the settings keeps its own word. */
export const databaseName = (authority: Authority, source: string): string =>
  authority.sources.find(({ id }) => id === source)?.name ?? source;

/** The sources whose problems a reader sees and answers: those their team publishes, or, for the data analysts, all that readers may know of. */
export function sourcesAnsweredBy({ role, team }: Reader, authority: Authority): string[] {
  if (role !== 'source-publisher' || team === '') return [];
  const all = team === authority.dataAnalysts.team;
  return knownSources(authority)
    .filter(({ publishedBy }) => all || publishedBy?.includes(team))
    .map(({ id }) => id);
}

/** The services that this reader is asked about alone, where no source is: for the data analysts all that readers may know of. */
export const servicesAnsweredBy = ({ role, team }: Reader, { dataAnalysts, services }: Authority): string[] =>
  role === 'source-publisher' && team === dataAnalysts.team
    ? services.filter(({ display }) => display !== 'hidden').map(({ service }) => service)
    : [];

/** Reads and checks an authority's file. @throws Error naming every mistake in it; what contradicts something else, once each field is right by itself */
export function loadAuthority(file: string, o: { production?: boolean } = {}): Authority {
  const written = writtenSettings(file);
  const checked = Authority.safeParse(written, { error: plainIssue });
  const mistakes = checked.success
    ? o.production
      ? missingInProduction(checked.data)
      : []
    : checked.error.issues.map(({ path, message }) => `${placeIn(written, path)}: ${message}`);
  if (checked.success && mistakes.length === 0) return checked.data;
  throw settingsWrong(file, mistakes);
}

/** Somebody has to answer when readers report that something is wrong; people are told how long they may ask who looked, and how without a telephone. */
const missingInProduction = ({ sources, auditKeptFor, inWriting }: Authority): string[] => [
  ...sources.filter(({ owners }) => owners === undefined).map(({ id }) => `source ${id} needs two owners`),
  ...(auditKeptFor === undefined ? ['auditKeptFor is missing: how long it is kept who looked'] : []),
  ...(inWriting === undefined ? ['inWriting is missing: how to ask without a telephone'] : []),
];
