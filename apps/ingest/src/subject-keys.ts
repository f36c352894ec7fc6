import { Injectable } from '@nestjs/common';
import type { RejectedEvent, SourceEvent } from '#lib/events';
import { type KeyStore, SubjectErasedError, type SubjectKey } from '#lib/sealing';
import type { CheckedEvent } from './check/check-event.js';
import type { Reachable } from './reachable.js';
import { otherRecordOf, recordOf, type SourceRecord, withOtherRecord } from './records-of.js';

/** A good event with its record's key, and its other record by subject token: as it stands in the log. */
export interface KeyedEvent {
  index: number;
  event: SourceEvent;
  key: SubjectKey;
}

/** Finds or makes the keys of the records that a request speaks of, all at once. */
@Injectable()
export class SubjectKeys {
  constructor(private readonly store: Reachable<KeyStore>) {}

  /** An event about an erased record is rejected: nothing may be published of it until it is reinstated on purpose. @throws RetryableError */
  async of(good: CheckedEvent[]): Promise<{ keyed: KeyedEvent[]; erased: RejectedEvent[] }> {
    if (good.length === 0) return { keyed: [], erased: [] };
    const store = await this.store.get();
    try {
      return { keyed: await keysOf(store, good), erased: [] };
    } catch (error) {
      if (!(error instanceof SubjectErasedError)) throw error;
    }
    const { left, erased } = await withoutErased(store, good);
    return { keyed: await keysOf(store, left), erased };
  }

  /** Which events speak of an erased record; nothing is made. @throws RetryableError */
  async erasedAmong(good: CheckedEvent[]): Promise<RejectedEvent[]> {
    return good.length === 0 ? [] : (await withoutErased(await this.store.get(), good)).erased;
  }
}

async function keysOf(store: KeyStore, events: CheckedEvent[]): Promise<KeyedEvent[]> {
  const records = recordsOf(events);
  const keys = await store.subjectsFor([...records.values()]);
  const keyOf = new Map([...records.keys()].map((name, at) => [name, keys[at]!]));
  return events.map(({ index, event }) => {
    const key = keyOf.get(nameOf(recordOf(event)))!;
    const other = otherRecordOf(event);
    return { index, key, event: other ? withOtherRecord(event, keyOf.get(nameOf(other.record))!.subject) : event };
  });
}

async function withoutErased(store: KeyStore, events: CheckedEvent[]): Promise<{ left: CheckedEvent[]; erased: RejectedEvent[] }> {
  const records = [...recordsOf(events)];
  const places = await store.erasedAmong(records.map(([, record]) => record));
  const lost = new Set(places.map((place) => records[place]![0]));
  const erased: RejectedEvent[] = [];
  const left = events.filter(({ index, event }) => {
    const pointers = fieldsOf(event).filter(({ record }) => lost.has(nameOf(record)));
    if (pointers.length > 0) erased.push({ index, status: 'rejected', problems: pointers.map(({ field }) => recordErased(`/${field}`)) });
    return pointers.length === 0;
  });
  return { left, erased };
}

/** Every record the events speak of, once. */
const recordsOf = (events: CheckedEvent[]): Map<string, SourceRecord> =>
  new Map(events.flatMap(({ event }) => fieldsOf(event)).map(({ record }) => [nameOf(record), record]));

function fieldsOf(event: SourceEvent): { field: string; record: SourceRecord }[] {
  const other = otherRecordOf(event);
  return [{ field: 'recordId', record: recordOf(event) }, ...(other ? [other] : [])];
}

/** A source's name holds no space, so no two records share a name. */
const nameOf = ({ source, recordId }: SourceRecord) => `${source} ${recordId}`;

const recordErased = (pointer: string) => ({
  pointer,
  rule: 'record-erased',
  expected: 'a record that has not been erased from the index',
  fix: 'Do not send this record again, or ask the index to reinstate it.',
});
