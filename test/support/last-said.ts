import type { InvolvementEvent } from '#lib/events';
import type { Entry } from './any-log.js';

/** What some columns of a register must hold. */
export type Said = Record<string, unknown>;
type Statement = [name: string, version: number[], said: Said];

/**
 * What the sources said last, reckoned the plain way: of every register all statements, of which those at the highest (epoch, position, rank)
 * remain. More than one remain only where a source says different things at one version; the read model may hold any of them.
 * @returns "table key register" → what its columns may hold
 */
export function lastSaid(log: Entry[]): Map<string, Said[]> {
  const best = new Map<string, { version: number[]; said: Said[] }>();
  for (const [name, version, said] of log.flatMap(statementsOf)) {
    const held = best.get(name);
    const order = held ? compare(version, held.version) : 1;
    if (order > 0) best.set(name, { version, said: [said] });
    else if (order === 0) held!.said.push(said);
  }
  return new Map([...best].map(([name, { said }]) => [name, said]));
}

const compare = (a: number[], b: number[]) => a.map((value, at) => value - b[at]!).find((difference) => difference !== 0) ?? 0;

// oxlint-disable-next-line typescript/consistent-return -- every case returns, and the compiler holds that none is missing
function statementsOf(entry: Entry): Statement[] {
  if (entry.log === 'involvement-log') return ofEvent(entry.event, entry.place);
  const { decision, place } = entry;
  const version = [0, decision.decision, 0];
  switch (decision.type) {
    case 'RecordAssigned':
      return [[`record_person ${decision.subject} assignment`, version, { person: decision.person, reason: decision.reason }]];
    case 'PersonRetired':
      return [[`person_redirect ${decision.person} redirect`, version, { into_person: decision.into }]];
    case 'MatchedUpTo':
      return decision.offsets.map(({ partition, offset }) => [
        `matched_up_to ${place.partition} ${partition} progress`,
        version,
        { log_offset: offset },
      ]);
  }
}

// oxlint-disable-next-line typescript/consistent-return -- every case returns, and the compiler holds that none is missing
function ofEvent(
  event: InvolvementEvent,
  { subject, partition, offset }: { subject: string; partition: number; offset: number },
): Statement[] {
  const at = (rank: number) => [event.sourceVersion.epoch, event.sourceVersion.position, rank];
  const record = `record ${subject}`;
  const involvement = 'involvementId' in event ? `involvement ${event.source} ${event.involvementId}` : '';
  const relationship = 'relationshipId' in event ? `relationship ${event.source} ${event.relationshipId}` : '';
  const belongs = (fact: string): Statement => [`${fact} owner`, at(0), { subject }];
  const described = (): Statement => [
    `${involvement} description`,
    at(0),
    'team' in event ? { team: event.team, organisation: event.organisation, practitioner: event.practitioner, service: event.service } : {},
  ];
  switch (event.type) {
    case 'PersonRecorded':
      return [
        [
          `${record} details`,
          at(0),
          { names: event.names, phone: event.phone, restriction: event.restriction, details_at: event.occurredAt },
        ],
        [`${record} presence`, at(0), { present: true, removed_reason: null }],
      ];
    case 'PersonRemoved':
      return [[`${record} presence`, at(1), { present: false, removed_reason: event.reason }]];
    case 'RecordReplaced':
      return [[`${record} replacement`, at(0), { replaced_by: event.newRecordId }]];
    case 'InvolvementOpened':
      return [belongs(involvement), [`${involvement} status`, at(0), { status: 'open', closed_on: null }], described()];
    case 'InvolvementUpdated':
      return [belongs(involvement), described()];
    case 'InvolvementClosed':
      return [
        belongs(involvement),
        [`${involvement} status`, at(1), { status: 'closed', closed_on: event.closedOn, closed_reason: event.reason }],
      ];
    case 'InvolvementRetracted':
      return [belongs(involvement), [`${involvement} status`, at(2), { status: 'retracted' }]];
    case 'RelationshipLinked':
      return [
        belongs(relationship),
        [`${relationship} status`, at(0), { status: 'linked', ended_on: null }],
        [`${relationship} description`, at(0), { other_subject: event.otherRecordId, main_carer: event.mainCarer }],
      ];
    case 'RelationshipEnded':
      return [
        belongs(relationship),
        [
          `${relationship} status`,
          at(event.retracted ? 2 : 1),
          { status: event.retracted ? 'retracted' : 'ended', ended_on: event.endedOn },
        ],
      ];
    case 'SourceChecked':
      return [
        [`coverage ${event.source} ${event.service} ${partition} check`, at(0), { complete_to: event.completeTo, log_offset: offset }],
      ];
  }
}
