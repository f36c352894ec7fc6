import { instantOn, later } from '../days.js';
import type { Family, Person } from '../families/person.js';
import type { Random } from '../random.js';
import type { Draft } from './draft.js';
import { officeHours } from './person-events.js';
import type { SourceRecord } from './source-record.js';

/** Ties that nobody wrote down. */
const NOT_LINKED = 0.04;

/** Who is related to whom, as far as both are known to the source; written once both are. */
export function relationshipEvents(family: Family, records: readonly SourceRecord[], chance: Random): Draft[] {
  const recordOf = new Map<Person, SourceRecord>();
  for (const record of records) if (!recordOf.has(record.person)) recordOf.set(record.person, record);
  return family.ties.flatMap((tie, i) => {
    const [record, other] = [recordOf.get(tie.of), recordOf.get(tie.other)];
    if (!record || !other || chance.chance(NOT_LINKED)) return [];
    const { source, recordId } = record;
    const { relationship, parentalResponsibility, mainCarer, startedOn, endedOn } = tie;
    const relationshipId = `R${family.number}-${i + 1}`;
    const linkedOn = later(record.since, other.since);
    const linked: Draft = {
      at: instantOn(linkedOn, officeHours(chance)),
      event: {
        type: 'RelationshipLinked',
        source,
        recordId,
        relationshipId,
        otherRecordId: other.recordId,
        relationship,
        startedOn,
        parentalResponsibility,
        mainCarer,
      },
    };
    if (!endedOn) return [linked];
    if (linkedOn >= endedOn) return [];
    const at = instantOn(endedOn, 19 * 3600);
    return [linked, { at, event: { type: 'RelationshipEnded', source, recordId, relationshipId, endedOn } }];
  });
}
