import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { mayBeSensitive, Sources, withDefaultRules } from '#lib/events';

/** Whole years, inclusive; null: no limit. */
const age = z
  .int()
  .nullish()
  .transform((years) => years ?? null);

/** Of an authority's settings, how services are shown; the rest is the query service's to check. */
const Settings = z.object({
  caseManagementSystem: z.string(),
  services: z.preprocess(
    withDefaultRules,
    z.array(
      z.object({ service: z.string(), display: z.string().optional(), fromAge: age, toAge: age, matchedWithCare: z.boolean().optional() }),
    ),
  ),
  sources: Sources,
});

/** What may be told of which sources to the team of another. */
export interface TellingSources {
  /**
   * At which ages each is shown, both inclusive; null: no limit. Those alone whose service is shown to every reader who may look a person up: not hidden, no
   * broker's, with an agreement. Nor are services told of that may be sensitive, however they are shown, or whose records are matched with care.
   */
  shownAt: Record<string, [from: number | null, to: number | null]>;
  /** Those that tell nothing of anybody, nor of how old somebody is. */
  silent: string[];
  caseManagementSystem: string;
}

/** @throws Error naming every mistake in the services and sources of an authority's file */
export function loadTellingSources(file: string): TellingSources {
  const { success, data, error } = Settings.safeParse(JSON.parse(readFileSync(file, 'utf8')));
  if (!success) throw new Error(`The services or sources in ${file} are wrong:\n${z.prettifyError(error)}`);
  const { caseManagementSystem, services, sources } = data;
  const ruled = sources.map(({ id, service }) => ({ id, service, rule: services.find((shown) => shown.service === service) }));
  const telling = ruled.filter(
    ({ service, rule }) => rule?.display === 'shown' && rule.matchedWithCare === false && !mayBeSensitive(service),
  );
  return {
    shownAt: Object.fromEntries(telling.map(({ id, rule }) => [id, [rule!.fromAge, rule!.toAge]])),
    silent: ruled.filter(({ rule }) => rule?.display !== 'shown').map(({ id }) => id),
    caseManagementSystem,
  };
}
