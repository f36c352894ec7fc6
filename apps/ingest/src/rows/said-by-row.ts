import type { Service } from '#lib/events';
import type { Fact, RowHead } from './fact.js';

/** What a row says of one fact: its state, and the events that tell it. */
export interface Said {
  state: Fact['state'];
  service: Service | null;
  events: object[];
}

type Content = Record<string, unknown>;

/** What decides which events there are, and is no part of them. */
const DECIDING = new Set(['id', 'end', 'whenGone', 'retractedWhen', 'removedWhen', 'removedAs']);
const describing = (content: Content): Content => Object.fromEntries(Object.entries(content).filter(([name]) => !DECIDING.has(name)));

export function eventsOfPerson(content: Content, head: RowHead): Said {
  if (content.removedWhen === true)
    return { state: 'gone', service: null, events: [{ type: 'PersonRemoved', ...head, reason: content.removedAs ?? 'withdrawn' }] };
  return { state: 'open', service: null, events: [{ type: 'PersonRecorded', ...describing(content), ...head }] };
}

/** A description and an end are told together, at one version: an end beats a beginning there. */
export function eventsOfInvolvement(content: Content, head: RowHead, today: string): Said {
  const service = content.service as Service;
  const named = { ...head, involvementId: content.id };
  if (content.retractedWhen === true) return { state: 'gone', service, events: [{ type: 'InvolvementRetracted', ...named }] };
  const ended = endedBy(content.end, today);
  const description = { ...describing(content), ...head };
  if (!ended) return { state: 'open', service, events: [{ type: 'InvolvementOpened', ...description }] };
  const closed = { type: 'InvolvementClosed', ...named, closedOn: ended.on, reason: ended.reason };
  return { state: 'ended', service, events: [{ type: 'InvolvementUpdated', ...description }, closed] };
}

export function eventsOfRelationship(content: Content, head: RowHead, today: string): Said {
  const ended = { type: 'RelationshipEnded', ...head, relationshipId: content.id };
  if (content.retractedWhen === true) return { state: 'gone', service: null, events: [{ ...ended, retracted: true }] };
  const linked = { type: 'RelationshipLinked', ...describing(content), ...head };
  const over = endedBy(content.end, today);
  if (!over) return { state: 'open', service: null, events: [linked] };
  return { state: 'ended', service: null, events: [linked, { ...ended, endedOn: over.on }] };
}

export const eventsOfReplacement = ({ newRecordId }: Content, head: RowHead): Said => ({
  state: 'open',
  service: null,
  events: [{ type: 'RecordReplaced', ...head, newRecordId }],
});

/** A day that is still to come ends nothing yet; a word decides where there is one. */
function endedBy(end: unknown, today: string): { on: string | null; reason: unknown } | undefined {
  if (typeof end !== 'object' || end === null) return undefined;
  const { on = null, when, reason = null } = end as { on?: string | null; when?: boolean | null; reason?: unknown };
  const over = typeof when === 'boolean' ? when : on !== null && on <= today;
  return over ? { on: on !== null && on <= today ? on : null, reason } : undefined;
}
