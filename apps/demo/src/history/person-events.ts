import { addDays, type Day, instantOn } from '../days.js';
import type { Random } from '../random.js';
import { describedOn } from '../spelling/write-details.js';
import type { SourceSystem } from '../systems/source-system.js';
import type { Draft } from './draft.js';
import type { SourceRecord } from './source-record.js';

/** Sources that ask again whether the details still hold do so about this often. */
const CONFIRMED_EVERY = { from: 900, to: 2400 };
const CONFIRMED = 0.08;
/** A move that another followed was often never told. */
const HEARD_OF_A_PAST_MOVE = 0.2;
const REMOVED_IN_ERROR = 0.002;

/** Office hours, in seconds after midnight. */
export const officeHours = (chance: Random): number => chance.int(8 * 3600, 18 * 3600);

/** How a source's record of one person has been stated: first, at every move, when confirmed, at its end. */
export function personEvents(record: SourceRecord, system: SourceSystem, chance: Random, today: Day): Draft[] {
  const { source, recordId, person, since, written } = record;
  const restriction = system.marksRestrictions && person.restricted ? ('restricted' as const) : ('none' as const);
  const drafts = daysStated(record, chance, today).map((day): Draft => {
    const at = instantOn(day, officeHours(chance));
    const confirmedAt = chance.chance(0.6) ? new Date(at).toISOString() : null;
    return { at, event: { type: 'PersonRecorded', source, recordId, ...describedOn(day, written), restriction, confirmedAt } };
  });
  const end = addDays(since, 20 + chance.int(0, 200));
  if (end >= today) return drafts;
  const at = instantOn(end, officeHours(chance));
  if (record.replacedBy) {
    const ended: Draft = { at, event: { type: 'RecordReplaced', source, recordId, newRecordId: record.replacedBy.recordId } };
    return [...drafts.filter((draft) => draft.at < at), ended];
  }
  if (record.involvements.length === 0 && !system.keepsRelationships && chance.chance(REMOVED_IN_ERROR))
    drafts.push({ at: instantOn(today, -3600), event: { type: 'PersonRemoved', source, recordId, reason: 'entered-in-error' } });
  return drafts;
}

function daysStated({ person, since, written }: SourceRecord, chance: Random, today: Day): Day[] {
  const days = [since];
  const moves = written.stale
    ? []
    : person.homes
        .filter((home) => home.to === null || chance.chance(HEARD_OF_A_PAST_MOVE))
        .map(({ from }) => addDays(from, chance.int(0, 20)));
  if (person.deceasedOn) moves.push(addDays(person.deceasedOn, chance.int(0, 9)));
  days.push(...moves);
  for (
    let day = addDays(since, CONFIRMED_EVERY.from);
    day < today;
    day = addDays(day, chance.int(CONFIRMED_EVERY.from, CONFIRMED_EVERY.to))
  )
    if (chance.chance(CONFIRMED)) days.push(day);
  return [...new Set(days)].filter((day) => day >= since && day < today).sort();
}
