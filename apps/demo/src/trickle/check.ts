import { servicesSpokenFor } from '#lib/events';
import type { Draft } from '../history/draft.js';
import type { SourceSystem } from '../systems/source-system.js';
import type { Standing } from './standing.js';

/** "We looked, and this is how far we see": everything this source knew at that instant has been published. Said of each service it speaks for. */
export function checks(system: SourceSystem, standing: Standing, completeTo: number): Draft['event'][] {
  const { source, area, coversFrom } = system;
  const instant = new Date(completeTo).toISOString();
  const open = [...standing.open.values()];
  return servicesSpokenFor(system).map((service) => ({
    type: 'SourceChecked',
    source,
    service,
    completeTo: instant,
    coversFrom,
    coversTo: instant.slice(0, 10),
    area,
    recordsHeld: standing.records.size,
    openInvolvementsHeld: open.filter((involvement) => involvement.service === service).length,
  }));
}
