/** The clear fields of a decoded message have the forms that databases and look-ups rely on. */
import { type DecisionType, type Envelope, EVENT_TYPES, type IdentityDecision } from '#lib/events';
import { isUuid } from '#lib/runtime';
import { ContractBrokenError } from './errors.js';

const EVENT_ID = /^[0-9a-f]{32}$/;
const FINGERPRINT = /^[0-9a-f]{64}$/;
const SOURCE = /^[a-z][a-z0-9-]{1,40}$/;
const LAST_INSTANT = 8.64e15;
const types: ReadonlySet<string> = new Set(EVENT_TYPES);

/** @throws ContractBrokenError naming the first field that is not of its form. */
export function checkEnvelope(envelope: Envelope): void {
  must(EVENT_ID.test(envelope.id), 'id', '32 hex digits');
  must(types.has(envelope.type), 'type', 'the name of an event');
  must(SOURCE.test(envelope.source), 'source', 'the name of a source');
  must(isUuid(envelope.subject), 'subject', 'a subject token');
  must(envelope.sourceVersion.epoch >= 0 && envelope.sourceVersion.position >= 0, 'sourceVersion', 'numbers from 0');
  must(Math.abs(envelope.occurredAt) <= LAST_INSTANT, 'occurredAt', 'an instant');
  must(Math.abs(envelope.publishedAt) <= LAST_INSTANT, 'publishedAt', 'an instant');
  must(FINGERPRINT.test(envelope.schema), 'schema', '64 hex digits');
}

const decisionForms: { [T in DecisionType]: (decision: Extract<IdentityDecision, { type: T }>) => void } = {
  RecordAssigned: ({ subject, person }) => {
    must(isUuid(subject), 'subject', 'a subject token');
    must(isUuid(person), 'person', 'a person id');
  },
  PersonRetired: ({ person, into }) => {
    must(isUuid(person), 'person', 'a person id');
    must(isUuid(into), 'into', 'a person id');
  },
  RecordsKeptApart: (pair) => checkPair(pair),
  RecordsKeptApartRevoked: (pair) => checkPair(pair),
  RecordsKeptTogether: (pair) => checkPair(pair),
  RecordsKeptTogetherRevoked: (pair) => checkPair(pair),
  MatchModelChosen: ({ settings }) => must(settings !== '', 'settings', 'the settings of a model'),
  MatchedUpTo: ({ offsets }) => {
    for (const { partition, offset } of offsets) must(partition >= 0 && offset >= 0, 'offsets', 'numbers from 0');
  },
};
export const DECISION_TYPES = Object.keys(decisionForms) as DecisionType[];

function checkPair({ subject, other }: { subject: string; other: string }): void {
  must(isUuid(subject), 'subject', 'a subject token');
  must(isUuid(other) && other !== subject, 'other', 'another subject token');
}

/** @throws ContractBrokenError naming the first field that is not of its form. */
export function checkDecision(decision: IdentityDecision): void {
  must(decision.decision >= 0, 'decision', 'a number from 0');
  const check = decisionForms[decision.type] as (decision: IdentityDecision) => void;
  check(decision);
}

function must(holds: boolean, field: string, expected: string): void {
  if (!holds) throw new ContractBrokenError('field-invalid', `${expected} in ${field}`, 'something else');
}
