import { z } from 'zod';
import { SERVICES } from './codes.js';
import { withDefaultRules } from './default-rules.js';
import { code, sourceName } from './fields.js';

/** An ISO 8601 duration of days, hours, minutes and seconds (`P1D`, `PT15M`), read as seconds. */
const duration = z
  .string()
  .regex(/^P(?=.)(\d+D)?(T(?=.)(\d+H)?(\d+M)?(\d+S)?)?$/, 'an ISO 8601 duration such as P1D or PT15M')
  .transform((text) => {
    const of = (unit: RegExp) => Number(unit.exec(text)?.[1] ?? 0);
    return of(/(\d+)D/) * 86_400 + of(/(\d+)H/) * 3_600 + of(/(\d+)M/) * 60 + of(/(\d+)S/);
  });

/** Whom to ask, by day and out of hours. */
export const Desk = z.strictObject({ name: z.string().min(1), phone: z.string().min(1), outOfHoursPhone: z.string().min(1) });

/** Somebody who answers for data: told of problems, never shown to readers. */
export const Owner = z.strictObject({ name: z.string().min(1), email: z.email() });

const source = z.strictObject({
  id: sourceName(),
  name: z.string().min(1),
  /** Its own: by this its records go. */
  service: code(SERVICES),
  /** Further services it speaks for: what it says of them, and how far it sees, counts there. */
  alsoFor: z.array(code(SERVICES)).min(1).optional(),
  /** How often it is expected to speak: told to readers. Seconds, as all durations. */
  expectedEvery: duration,
  /** Silence after which it is late. */
  silence: duration,
  /** Share of its records, or of its open involvements, that may go within a day before it alarms. */
  alarmDropShare: z.number().gt(0).max(1).default(0.2),
  /** Fewer than this gone never alarm: a small source would flap. */
  alarmDropAtLeast: z.int().min(1).default(20),
  desk: Desk,
  /** Who answers for it: problems go to the first, and to the second when the first is silent. Required in production. */
  owners: z.tuple([Owner, Owner]).optional(),
  /** How the postcodes begin of the places it keeps records of (`NB`, `NB4`); left out: it tells of anywhere. */
  postcodes: z
    .array(z.string().regex(/^[A-Z]{1,2}(\d[A-Z\d]?)?$/, 'the beginning of a postcode, such as NB or NB4'))
    .min(1)
    .optional(),
  /** Teams whose source publishers see and answer the problems reported to it. */
  publishedBy: z.array(z.string().min(1)).optional(),
});
/** What is agreed with one source: who it is, how often it speaks, when somebody has to look. */
export type Source = z.output<typeof source>;

/** The sources of an authority's settings, the same for readers' pages and for whoever watches. */
export const Sources = z
  .array(source)
  .min(1)
  .check(({ value, issues }) => {
    for (const message of contradictionsIn(value)) issues.push({ code: 'custom', message, input: value });
  });

function contradictionsIn(sources: readonly Source[]): string[] {
  const ids = sources.map(({ id }) => id);
  return [
    ...ids.filter((id, at) => ids.indexOf(id) !== at).map((id) => `source ${id} is listed twice`),
    ...sources
      .filter(({ expectedEvery, silence }) => silence < expectedEvery)
      .map(({ id }) => `source ${id} is late before it is expected`),
    ...sources.flatMap(({ id, ...source }) =>
      servicesSpokenFor(source)
        .filter((service, at, all) => all.indexOf(service) !== at)
        .map((service) => `source ${id} speaks for service ${service} twice`),
    ),
    ...sources.filter(({ owners }) => owners && owners[0].email === owners[1].email).map(({ id }) => `source ${id} has one owner twice`),
  ];
}

/** Every service a source speaks for, its own first. */
export const servicesSpokenFor = ({ service, alsoFor = [] }: Pick<Source, 'service' | 'alsoFor'>): Source['service'][] => [
  service,
  ...alsoFor,
];

/** Each source once for every service it speaks for, its own first. */
export const sourcesByService = <Speaks extends Pick<Source, 'service' | 'alsoFor'>>(sources: readonly Speaks[]): Speaks[] =>
  sources.flatMap((source) => servicesSpokenFor(source).map((service) => ({ ...source, service })));

/**
 * How long a source has said nothing complete, and whether that is longer than agreed. One that never said how far it sees is judged by the
 * last that was heard of it. Instants in milliseconds since 1970.
 * @returns milliseconds of silence; null: it was never heard
 */
export function silenceOf(
  { silence }: Pick<Source, 'silence'>,
  heard: { lastHeardAt: number | null; completeTo: number | null },
  now: number,
): { silentFor: number | null; late: boolean } {
  const since = heard.completeTo ?? heard.lastHeardAt;
  const silentFor = since === null ? null : now - since;
  return { silentFor, late: silentFor === null || silentFor > silence * 1000 };
}

/** Of an authority's services, which of them ask for more before two records are joined. */
export const CarefulServices = z.preprocess(withDefaultRules, z.array(z.object({ service: z.string(), matchedWithCare: z.boolean() })));

/** The sources of those services. */
export function sourcesMatchedWithCare(o: { services: z.output<typeof CarefulServices>; sources: readonly Source[] }): Set<string> {
  const careful = new Set(o.services.filter(({ matchedWithCare }) => matchedWithCare).map(({ service }) => service));
  return new Set(o.sources.filter(({ service }) => careful.has(service)).map(({ id }) => id));
}
