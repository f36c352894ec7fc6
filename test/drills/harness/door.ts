import { type IdentityDecision, type PublishAnswer, SourceEvent, type SourceEventInput, topicsOf } from '#lib/events';
import { postBody } from '../../support/post-events.js';
import type { SealedLog } from '../../support/sealed-log.js';

/** An event whose sender was told that it is in the log. */
export interface Acknowledged {
  id: string;
  partition: number;
  offset: number;
  /** Milliseconds since 1970. */
  at: number;
}

/** A way by which events come into the log. What fails may be sent again: the ids are the same. */
export interface Door {
  send(events: SourceEventInput[]): Promise<Acknowledged[]>;
}

/** Seals and writes as ingest does, without it. */
export function throughTheLog(log: SealedLog): Door {
  return {
    async send(events) {
      const loggable = await asLogged(log, events);
      const keys = await log.keys.subjectsFor(loggable.map(recordOf));
      const messages = loggable.map((event, index) => ({ key: keys[index]!.subject, value: log.sealed(event, keys[index]!) }));
      const places = await log.publishRaw(messages);
      const at = Date.now();
      return places.map((place, index) => ({ ...place, id: log.codec.decodeEnvelope(messages[index]!.value).id, at }));
    },
  };
}

/** The real door: HTTP, checks, keys, broker. @param url where ingest answers */
export function throughIngest(url: string): Door {
  return {
    async send(events) {
      const acknowledged: Acknowledged[] = [];
      for (const [source, own] of Map.groupBy(events, (event) => event.source)) {
        const response = await postBody(url, source, { events: own });
        if (response.status !== 200) throw new Error(`${response.status}: ${(await response.text()).slice(0, 200)}`);
        const { results } = (await response.json()) as PublishAnswer;
        const at = Date.now();
        for (const result of results) {
          if (result.status !== 'accepted') throw new Refused(JSON.stringify(result));
          // What stands in every partition has an id of its own in each; told is the first.
          const { partition, offset } = 'places' in result ? result.places[0]! : result;
          acknowledged.push({ id: result.eventId, partition, offset, at });
        }
      }
      return acknowledged;
    },
  };
}

/** Sending it again would change nothing: the drill's own event is wrong. */
export class Refused extends Error {
  override readonly name = 'Refused';
}

/** Publishes identity decisions as the matcher does, by the subject or person they concern. */
export async function publishDecisions(log: SealedLog, prefix: string, decisions: IdentityDecision[]): Promise<void> {
  const keyOf = (decision: IdentityDecision) =>
    'subject' in decision ? decision.subject : decision.type === 'PersonRetired' ? decision.person : 'all';
  const messages = decisions.map((decision) => ({ key: keyOf(decision), value: log.codec.encodeDecision(decision) }));
  await log.producer.send(topicsOf(prefix).identityLog, messages);
}

const recordOf = (event: SourceEvent) => ({ source: event.source, recordId: 'recordId' in event ? event.recordId : '' });

/** Events as they stand in the log: other records are named by their tokens. */
async function asLogged(log: SealedLog, inputs: SourceEventInput[]): Promise<SourceEvent[]> {
  const events = inputs.map((input) => SourceEvent.parse(input));
  const named = events.map((event) => ('newRecordId' in event ? event.newRecordId : 'otherRecordId' in event ? event.otherRecordId : ''));
  const others = await log.keys.subjectsFor(events.map(({ source }, index) => ({ source, recordId: named[index]! })));
  return events.map((event, index) => {
    const { subject } = others[index]!;
    if ('newRecordId' in event) return { ...event, newRecordId: subject };
    return 'otherRecordId' in event ? { ...event, otherRecordId: subject } : event;
  });
}
