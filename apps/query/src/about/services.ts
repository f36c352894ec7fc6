import { SERVICES, servicesSpokenFor } from '#lib/events';
import type { Authority, ServiceShown } from '../authority.js';
import { lastMonthsWords } from '../day-words.js';

/** What readers may know about a service before anyone is looked up: settings only, nothing of a person. */
export interface ServiceAbout {
  service: string;
  name: string;
  conditions: string;
  display: ServiceShown['display'];
  /** "shown from age 16", "shown for ages 4 to 20", "shown for all ages", or that there is no agreement. */
  shownFor: string;
  /** What is left out of its facts, a sentence each: "Nothing is said to be current". */
  limits: string[];
  sources: Authority['sources'];
  broker: ServiceShown['broker'] | null;
}

/** The services of an authority in its order; those it hides are left out as if they did not exist. */
export function servicesOf(authority: Authority): ServiceAbout[] {
  return authority.services
    .filter(({ display }) => display !== 'hidden')
    .map((shown) => ({
      service: shown.service,
      name: SERVICES[shown.service],
      conditions: shown.conditions,
      display: shown.display,
      shownFor: shownFor(shown),
      limits: limitsOf(shown),
      // A broker stands in for whatever databases there are: that one is connected would already say something.
      sources: shown.broker ? [] : authority.sources.filter((source) => servicesSpokenFor(source).includes(shown.service)),
      broker: shown.broker ?? null,
    }));
}

function shownFor({ display, fromAge, toAge }: ServiceShown): string {
  if (display === 'no-agreement') return 'not shown: there is no agreement to share it';
  if (display === 'broker') return 'not shown: whoever needs to know rings its broker';
  if (fromAge !== undefined && toAge !== undefined) return `shown for ages ${fromAge} to ${toAge}`;
  if (fromAge !== undefined) return `shown from age ${fromAge}`;
  return toAge === undefined ? 'shown for all ages' : `shown up to age ${toAge}`;
}

/** What is left out of a service's facts, a sentence each. */
export function limitsOf({ service, saysCurrent, offencesAtMost, noticesWithinMonths }: ServiceShown): string[] {
  const limits = saysCurrent ? [] : ['Nothing is said to be current'];
  if (service === 'police') limits.push(`A maximum of ${offencesAtMost} safeguarding offences is listed`);
  if (service === 'housing')
    limits.push(
      `Notices seeking possession and evictions are those whose case is open, and those of the ${lastMonthsWords(noticesWithinMonths)}`,
    );
  return limits;
}
