import fc from 'fast-check';
import type { EventOf, EventType, IdentityDecision, PairRuling, InvolvementEvent } from '#lib/events';

/** An event or a decision with its place in a log. The place belongs to it: delivered twice, it is the same entry. */
export type Entry =
  | { log: 'involvement-log'; event: InvolvementEvent; place: { subject: string; partition: number; offset: number } }
  | { log: 'identity-log'; decision: IdentityDecision; place: { partition: number; offset: number; publishedAt: number } };

const SOURCES = ['mosaic', 'niche'];
const RECORDS = ['1', '2', '3'];
const PARTITIONS = 2;

/** Subject tokens of the few records that occur, so that facts meet and move between them. */
export const subjectOf = (source: string, recordId: string) =>
  `${String(SOURCES.indexOf(source)).repeat(8)}-0000-0000-0000-${recordId.padStart(12, '0')}`;
const person = fc.constantFrom('1', '2', '3').map((id) => `${id.repeat(8)}-1111-1111-1111-111111111111`);
const token = fc.tuple(fc.constantFrom(...SOURCES), fc.constantFrom(...RECORDS)).map(([source, record]) => subjectOf(source, record));

const day = fc.option(fc.constantFrom('2020-01-01', '2021-06-30'), { nil: null });
const few = fc.constantFrom(...['one', 'two', 'O’Brien "Ng" \\ {a,b}', '李小龙', 'NULL', ' '].map((word) => word));
const maybe = fc.option(few, { nil: null });

/** Few epochs and positions: versions collide, with the same and with different content. */
const sourceVersion = fc.record({ epoch: fc.nat(1), position: fc.nat(1) });
const head = { source: fc.constantFrom(...SOURCES), recordId: fc.constantFrom(...RECORDS), sourceVersion, occurredAt: fc.nat(3) };
const factId = fc.constantFrom('a', 'b');
const description = {
  involvementId: factId,
  service: fc.constantFrom('school' as const, 'police' as const),
  openedOn: day,
  organisation: maybe,
  team: maybe,
  teamPhone: maybe,
  practitioner: fc.option(
    few.map((name) => ({ name, role: null, phone: null, email: null, outOfHoursPhone: null, outOfHoursName: null, readerId: null })),
    { nil: null },
  ),
  coordinating: fc.boolean(),
  details: fc.constant({ school: null, adultSocialCare: null, housing: null, police: null, notInEducation: null, generic: null }),
};

type Fields<T extends EventType> = { [K in keyof Omit<EventOf<T>, 'type' | 'eventId'>]: fc.Arbitrary<EventOf<T>[K]> };
const fields: { [T in EventType]: Fields<T> } = {
  PersonRecorded: {
    ...head,
    names: fc.array(
      fc.record({
        family: maybe,
        given: fc.array(few, { maxLength: 2 }),
        kind: fc.constant('current' as const),
        from: day,
        to: day,
      }),
      { minLength: 1, maxLength: 2 },
    ),
    dateOfBirth: fc.option(
      fc.constantFrom({ date: '2015', precision: 'year' as const }, { date: '2015-02-03', precision: 'day' as const }),
      {
        nil: null,
      },
    ),
    gender: fc.constantFrom('female' as const, 'male' as const),
    addresses: fc.constant([]),
    identifiers: fc.constant([]),
    phone: maybe,
    deceasedOn: day,
    restriction: fc.constantFrom('none' as const, 'restricted' as const),
    flags: fc.constant([]),
    confirmedAt: fc.option(fc.nat(3), { nil: null }),
  },
  PersonRemoved: { ...head, reason: fc.constantFrom('entered-in-error' as const, 'withdrawn' as const) },
  RecordReplaced: { ...head, newRecordId: token },
  InvolvementOpened: { ...head, ...description },
  InvolvementUpdated: { ...head, ...description },
  InvolvementClosed: { ...head, involvementId: factId, closedOn: day, reason: maybe },
  InvolvementRetracted: { ...head, involvementId: factId },
  RelationshipLinked: {
    ...head,
    relationshipId: factId,
    otherRecordId: token,
    relationship: fc.constantFrom('parent' as const, 'child' as const),
    startedOn: day,
    parentalResponsibility: fc.boolean(),
    mainCarer: fc.boolean(),
  },
  RelationshipEnded: { ...head, relationshipId: factId, endedOn: day, retracted: fc.boolean() },
  SourceChecked: {
    source: head.source,
    sourceVersion,
    occurredAt: head.occurredAt,
    service: fc.constantFrom('school' as const, 'police' as const),
    completeTo: fc.nat(3),
    coversFrom: day,
    coversTo: day,
    area: maybe,
    recordsHeld: fc.option(fc.nat(9), { nil: null }),
    openInvolvementsHeld: fc.option(fc.nat(9), { nil: null }),
  },
};

const event = fc.oneof(
  ...Object.entries(fields).map(([type, of]) =>
    fc.record({ ...(of as Record<string, fc.Arbitrary<unknown>>), type: fc.constant(type), eventId: fc.constant('0'.repeat(32)) }),
  ),
) as fc.Arbitrary<unknown> as fc.Arbitrary<InvolvementEvent>;

const pair = fc.tuple(token, token).filter(([one, other]) => one !== other);
const numbered = <D extends IdentityDecision>(decision: D) => fc.nat(4).map((number) => ({ ...decision, decision: number }));

const ruling: fc.Arbitrary<PairRuling> = fc
  .tuple(pair, fc.constantFrom('RecordsKeptApart', 'RecordsKeptApartRevoked', 'RecordsKeptTogether', 'RecordsKeptTogetherRevoked'))
  .map(([[subject, other], type]) => ({ type, decision: 0, subject, other, reason: 'steward', by: 'data-steward' }));

const numberedModel = fc.nat(4).map((number): IdentityDecision => ({ type: 'MatchModelChosen', decision: number, modelVersion: '2', settings: '{}', by: 'operations' })); // prettier-ignore

const decision: fc.Arbitrary<IdentityDecision> = fc.oneof(
  fc.record({
    type: fc.constant('RecordAssigned' as const),
    decision: fc.nat(4),
    subject: token,
    person,
    reason: few,
    modelVersion: fc.constant('1'),
  }),
  fc.record({ type: fc.constant('PersonRetired' as const), decision: fc.nat(4), person, into: person }),
  ruling.chain(numbered),
  numberedModel,
  fc.record({
    type: fc.constant('MatchedUpTo' as const),
    decision: fc.nat(4),
    offsets: fc.uniqueArray(fc.record({ partition: fc.nat(PARTITIONS - 1), offset: fc.nat(9) }), {
      selector: ({ partition }) => partition,
    }),
  }),
);

/**
 * Any content of both logs: all ten events and the identity decisions, of few records and few facts, so that versions collide, facts move
 * from record to record and replacements form chains and circles.
 */
export function anyLog(o: { maxLength: number }): fc.Arbitrary<Entry[]> {
  const entry = fc.oneof(
    { weight: 5, arbitrary: event.map((event) => ({ event })) },
    { weight: 1, arbitrary: decision.map((decision) => ({ decision })) },
  );
  return fc.array(fc.tuple(entry, fc.nat(PARTITIONS - 1)), { maxLength: o.maxLength, size: 'max' }).map((list) =>
    list.map(([given, partition], offset): Entry => {
      if ('decision' in given) return { log: 'identity-log', decision: given.decision, place: { partition, offset, publishedAt: offset } };
      const { event } = given;
      const subject = subjectOf(event.source, 'recordId' in event ? event.recordId : RECORDS[0]!);
      return { log: 'involvement-log', event, place: { subject, partition, offset } };
    }),
  );
}

/** The same entries in another order, some of them several times, cut into batches anywhere. */
export function anyDelivery(log: Entry[]): fc.Arbitrary<Entry[][]> {
  const repeated = log.length === 0 ? fc.constant<Entry[]>([]) : fc.array(fc.constantFrom(...log), { maxLength: log.length, size: 'max' });
  return repeated
    .chain((again) => fc.shuffledSubarray([...log, ...again], { minLength: log.length + again.length }))
    .chain((order) =>
      fc.array(fc.nat(order.length), { maxLength: 12, size: 'max' }).map((cuts) => {
        const at = [0, ...cuts.sort((a, b) => a - b), order.length];
        return at.slice(1).map((to, index) => order.slice(at[index], to));
      }),
    );
}
