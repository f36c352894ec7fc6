import { z } from 'zod';
import { SERVICES, type Service } from '#lib/events';

const serviceCode = z.enum(Object.keys(SERVICES) as [Service, ...Service[]]);
const desk = z.strictObject({ name: z.string().min(1), phone: z.string().min(1), outOfHoursPhone: z.string().min(1) });

/** An ISO 8601 duration of days, hours, minutes and seconds (`P1D`, `PT15M`), read as seconds. */
const duration = z
  .string()
  .regex(/^P(?=.)(\d+D)?(T(?=.)(\d+H)?(\d+M)?(\d+S)?)?$/, 'an ISO 8601 duration such as P1D or PT15M')
  .transform((text) => {
    const of = (unit: RegExp) => Number(unit.exec(text)?.[1] ?? 0);
    return of(/(\d+)D/) * 86_400 + of(/(\d+)H/) * 3_600 + of(/(\d+)M/) * 60 + of(/(\d+)S/);
  });

const serviceShown = z.strictObject({
  service: serviceCode,
  /** `no-agreement`: the service is named, but nothing of it may be shown. */
  display: z.enum(['shown', 'no-agreement', 'hidden']).default('shown'),
  /** Whole years, both inclusive; left out: all ages. */
  fromAge: z.int().min(0).optional(),
  toAge: z.int().min(0).optional(),
  /** What an involvement of this service is, in one sentence: what would have shown. */
  conditions: z.string().min(1),
});

const source = z.strictObject({
  id: z.string().regex(/^[a-z][a-z0-9-]{1,40}$/),
  name: z.string().min(1),
  service: serviceCode,
  /** How often it is expected to speak: told to readers. */
  expectedEvery: duration,
  /** Silence after which it is late. */
  silence: duration,
  /** Identifiers by which its records are found to be the same person as another source's; empty: a person can't be looked for there. */
  foundBy: z.array(z.enum(['nhs', 'upn', 'uln', 'cms', 'national-insurance'])),
  desk,
});

export const Authority = z.strictObject({
  name: z.string().min(1),
  journeys: z.array(z.enum(['search-any', 'child-first'])).min(1),
  /** The source whose ids are case IDs and whose links are the related individuals. */
  caseManagementSystem: z.string(),
  /** The desk to ask, day and night, about anything not in the index. */
  desk,
  /** In the order of display. */
  services: z.array(serviceShown).min(1),
  sources: z.array(source).min(1),
});
/** One authority's settings: who sends, what is shown of whom, whom to ring. */
export type Authority = z.output<typeof Authority>;
export type ServiceShown = Authority['services'][number];
export type Source = Authority['sources'][number];
