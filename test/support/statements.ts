import type { EventOf, InvolvementEvent } from '#lib/events';
import { searchKeysOf } from '#lib/matching';
import type { Entry } from './any-log.js';

/** Every column of a register, with its value. */
export type Said = Record<string, unknown>;

/** What an event or a decision says of one register. */
export interface Statement {
  /** "table key register" */
  name: string;
  /** (epoch, position, rank): greater wins. */
  version: number[];
  said: Said;
}

/** What one entry of a log says, register by register. */
// oxlint-disable-next-line typescript/consistent-return -- every case returns, and the compiler holds that none is missing
export function statementsOf(entry: Entry): Statement[] {
  if (entry.log === 'involvement-log') return ofEvent(entry.event, entry.place);
  const { decision, place } = entry;
  const version = [0, decision.decision, 0];
  switch (decision.type) {
    case 'RecordAssigned': {
      const { subject, person, reason, modelVersion } = decision;
      return [
        { name: `record_person ${subject} assignment`, version, said: { person, reason, model_version: modelVersion } },
        { name: `assigned_once ${person} ${subject} assignment`, version, said: { decided_at: place.publishedAt } },
      ];
    }
    case 'PersonRetired':
      return [{ name: `person_redirect ${decision.person} redirect`, version, said: { into_person: decision.into } }];
    case 'RecordsKeptApart':
    case 'RecordsKeptApartRevoked':
    case 'RecordsKeptTogether':
    case 'RecordsKeptTogetherRevoked': {
      const { subject, other } = decision;
      const said = { apart: decision.type === 'RecordsKeptApart' };
      return [`${subject} ${other}`, `${other} ${subject}`].map((key) => ({ name: `kept_apart ${key} ruling`, version, said }));
    }
    case 'MatchModelChosen':
      return [];
    case 'MatchedUpTo':
      return decision.offsets.map(({ partition, offset }) => ({
        name: `matched_up_to ${place.partition} ${partition} progress`,
        version,
        said: { log_offset: offset },
      }));
  }
}

interface Place {
  subject: string;
  partition: number;
  offset: number;
}

// oxlint-disable-next-line typescript/consistent-return -- every case returns, and the compiler holds that none is missing
function ofEvent(event: InvolvementEvent, { subject, partition, offset }: Place): Statement[] {
  const { epoch, position } = event.sourceVersion;
  const at = (name: string, said: Said, rank = 0): Statement => ({ name, version: [epoch, position, rank], said });
  const record = `record ${subject}`;
  const involvement = 'involvementId' in event ? `involvement ${event.source} ${event.involvementId}` : '';
  const relationship = 'relationshipId' in event ? `relationship ${event.source} ${event.relationshipId}` : '';
  const belongs = (fact: string) => at(`${fact} owner`, { subject });
  const status = (fact: string, said: Said, rank: number) => at(`${fact} status`, { ...said, status_at: event.occurredAt }, rank);
  switch (event.type) {
    case 'PersonRecorded':
      return [at(`${record} details`, detailsOf(event)), at(`${record} presence`, { present: true, removed_reason: null })];
    case 'PersonRemoved':
      return [at(`${record} presence`, { present: false, removed_reason: event.reason }, 1)];
    case 'RecordReplaced':
      return [at(`${record} replacement`, { replaced_by: event.newRecordId })];
    case 'InvolvementOpened':
      return [
        belongs(involvement),
        status(involvement, { status: 'open', closed_on: null, closed_reason: null }, 0),
        at(`${involvement} description`, descriptionOf(event)),
      ];
    case 'InvolvementUpdated':
      return [belongs(involvement), at(`${involvement} description`, descriptionOf(event))];
    case 'InvolvementClosed':
      return [belongs(involvement), status(involvement, { status: 'closed', closed_on: event.closedOn, closed_reason: event.reason }, 1)];
    case 'InvolvementRetracted':
      return [belongs(involvement), status(involvement, { status: 'retracted', closed_on: null, closed_reason: null }, 2)];
    case 'RelationshipLinked':
      return [
        belongs(relationship),
        status(relationship, { status: 'linked', ended_on: null }, 0),
        at(`${relationship} description`, {
          other_subject: event.otherRecordId,
          relationship: event.relationship,
          started_on: event.startedOn,
          parental_responsibility: event.parentalResponsibility,
          main_carer: event.mainCarer,
          described_at: event.occurredAt,
        }),
      ];
    case 'RelationshipEnded': {
      const [word, rank] = event.retracted ? (['retracted', 2] as const) : (['ended', 1] as const);
      return [belongs(relationship), status(relationship, { status: word, ended_on: event.endedOn }, rank)];
    }
    case 'SourceChecked':
      return [
        at(`coverage ${event.source} ${event.service} ${partition} check`, {
          complete_to: event.completeTo,
          covers_from: event.coversFrom,
          covers_to: event.coversTo,
          area: event.area,
          records_held: event.recordsHeld,
          open_involvements_held: event.openInvolvementsHeld,
          log_offset: offset,
        }),
      ];
  }
}

function detailsOf(event: EventOf<'PersonRecorded'>): Said {
  const addresses = event.addresses.map((address) => (hidden(address, event.addresses) ? NOTHING_OF_IT : address));
  return {
    names: event.names,
    date_of_birth: event.dateOfBirth ? event.dateOfBirth.date : null,
    date_of_birth_precision: event.dateOfBirth ? event.dateOfBirth.precision : null,
    gender: event.gender,
    addresses,
    identifiers: event.identifiers,
    phone: event.phone,
    deceased_on: event.deceasedOn,
    restriction: event.restriction,
    flags: event.flags,
    confirmed_at: event.confirmedAt,
    details_at: event.occurredAt,
    search_keys: searchKeysOf({ ...event, addresses }),
  };
}

type Address = EventOf<'PersonRecorded'>['addresses'][number];
const NOTHING_OF_IT: Address = { lines: [], postcode: null, uprn: null, from: null, to: null, kind: 'other', confidential: true };

/** A confidential address, or an open one that shares its postcode, its UPRN or its wording, whatever their case, spaces and points. */
function hidden(address: Address, all: readonly Address[]): boolean {
  const confidential = (one: Address) => one.confidential || one.kind === 'refuge' || one.kind === 'placement';
  const bare = (words: string) =>
    words
      .normalize('NFKC')
      .toLowerCase()
      .split(/[^\p{L}\p{N}]+/u)
      .join('');
  const meets = (one: string | null, other: string | null) => bare(one ?? '') !== '' && bare(one ?? '') === bare(other ?? '');
  const sameAs = (other: Address) =>
    meets(address.postcode, other.postcode) || meets(address.uprn, other.uprn) || meets(address.lines.join(' '), other.lines.join(' '));
  return confidential(address) || all.some((other) => confidential(other) && sameAs(other));
}

function descriptionOf(event: EventOf<'InvolvementOpened'> | EventOf<'InvolvementUpdated'>): Said {
  const { service, organisation, team, practitioner, coordinating, details } = event;
  return {
    service,
    opened_on: event.openedOn,
    organisation,
    team,
    team_phone: event.teamPhone,
    practitioner,
    coordinating,
    details,
    described_at: event.occurredAt,
  };
}
