import type { Draft } from '../history/draft.js';
import type { SourceSystem } from '../systems/source-system.js';
import type { Standing } from './standing.js';

/** "We looked, and this is how far we see": everything this source knew at that instant has been published. */
export function checked({ source, service, area, coversFrom }: SourceSystem, standing: Standing, completeTo: number): Draft['event'] {
  const instant = new Date(completeTo).toISOString();
  return {
    type: 'SourceChecked',
    source,
    service,
    completeTo: instant,
    coversFrom,
    coversTo: instant.slice(0, 10),
    area,
    recordsHeld: standing.records.size,
    openInvolvementsHeld: standing.open.size,
  };
}
