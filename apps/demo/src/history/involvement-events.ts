import { type Day, instantOn } from '../days.js';
import type { Involvement } from '../involvements/involvement.js';
import type { Random } from '../random.js';
import type { SourceSystem } from '../systems/source-system.js';
import type { Draft } from './draft.js';
import { officeHours } from './person-events.js';
import type { SourceRecord } from './source-record.js';

/** How each involvement of a record was opened, handed on, closed, or taken back. */
export function involvementEvents(record: SourceRecord, system: SourceSystem, chance: Random, today: Day): Draft[] {
  return record.involvements.flatMap((involvement, i) => {
    const involvementId = `${record.recordId}-${i + 1}`;
    const events = happenings(involvement, record, system, involvementId, chance);
    return events.filter(({ at }) => at < instantOn(today, 0));
  });
}

function happenings(
  involvement: Involvement,
  { source, recordId }: SourceRecord,
  { service }: SourceSystem,
  involvementId: string,
  chance: Random,
): Draft[] {
  const { openedOn, closedOn, retractedOn, reason, team, workers, coordinating, facts } = involvement;
  const about = { source, recordId, involvementId };
  const stated: Draft[] = workers.map(({ from, practitioner }, i) => ({
    at: instantOn(from, officeHours(chance)),
    event: {
      type: i === 0 ? ('InvolvementOpened' as const) : ('InvolvementUpdated' as const),
      ...about,
      service,
      openedOn,
      organisation: team.organisation,
      team: team.name,
      teamPhone: team.phone,
      practitioner,
      coordinating,
      details: facts,
    },
  }));
  if (retractedOn) return [stated[0]!, { at: instantOn(retractedOn, 19 * 3600), event: { type: 'InvolvementRetracted', ...about } }];
  if (!closedOn) return stated;
  return [...stated, { at: instantOn(closedOn, 19 * 3600), event: { type: 'InvolvementClosed', ...about, closedOn, reason } }];
}
