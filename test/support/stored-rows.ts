/** Rows of the read model as a projector would have left them. */
import { randomInt, randomUUID } from 'node:crypto';
import type { InvolvementDescription, PersonRecorded } from '#lib/events';
import { searchKeysOf } from '#lib/matching';
import { born, madeUpName, name } from './made-up-details.js';

type Details = Pick<
  PersonRecorded,
  'names' | 'dateOfBirth' | 'gender' | 'addresses' | 'identifiers' | 'phone' | 'deceasedOn' | 'restriction' | 'flags'
>;
export interface StoredRecordOptions extends Partial<Details> {
  subject?: string;
  source?: string;
  recordId?: string;
  /** The person the matcher gave it to; null: not matched yet. */
  person?: string | null;
  present?: boolean;
  removedReason?: string;
  replacedBy?: string;
  replacedAt?: number;
}

export function recordRow(o: StoredRecordOptions & { subject: string; source: string; recordId: string }): Record<string, unknown> {
  const { subject, source, recordId } = o;
  const details = {
    names: o.names ?? [name(madeUpName(), madeUpName())],
    dateOfBirth: o.dateOfBirth === undefined ? born(`${randomInt(1940, 2020)}-0${randomInt(1, 9)}-1${randomInt(0, 9)}`) : o.dateOfBirth,
    addresses: o.addresses ?? [],
    identifiers: o.identifiers ?? [],
  };
  return {
    subject,
    source,
    record_id: recordId,
    names: json(details.names),
    date_of_birth: details.dateOfBirth?.date ?? null,
    date_of_birth_precision: details.dateOfBirth?.precision ?? null,
    gender: o.gender ?? 'female',
    addresses: json(details.addresses),
    identifiers: json(details.identifiers),
    phone: o.phone ?? null,
    deceased_on: o.deceasedOn ?? null,
    restriction: o.restriction ?? 'none',
    flags: json(o.flags ?? []),
    details_at: Date.now(),
    details_epoch: 1,
    search_keys: searchKeysOf({ recordId, ...details }),
    present: o.present ?? true,
    removed_reason: o.removedReason ?? null,
    presence_epoch: 1,
    replaced_by: o.replacedBy ?? null,
    replacement_epoch: o.replacedBy ? 1 : -1,
    replacement_position: o.replacedAt ?? 0,
  };
}

export type StoredInvolvementOptions = Partial<Omit<InvolvementDescription, 'details'>> & {
  source?: string;
  status?: 'open' | 'closed' | 'retracted' | null;
  closedOn?: string;
  details?: Partial<InvolvementDescription['details']>;
  described?: boolean;
};

export function involvementRow(subject: string, o: StoredInvolvementOptions): Record<string, unknown> {
  return {
    source: o.source ?? 'mosaic',
    involvement_id: o.involvementId ?? randomUUID(),
    subject,
    owner_epoch: 1,
    status: o.status === undefined ? 'open' : o.status,
    closed_on: o.closedOn ?? null,
    status_at: Date.now(),
    ...((o.described ?? true) && {
      service: o.service ?? 'childrens-social-care',
      opened_on: o.openedOn ?? '2026-09-03',
      organisation: o.organisation ?? null,
      team: o.team ?? 'Assessment East',
      team_phone: o.teamPhone ?? null,
      practitioner: json(o.practitioner ?? null),
      coordinating: o.coordinating ?? false,
      details: json({
        school: null,
        adultSocialCare: null,
        housing: null,
        police: null,
        notInEducation: null,
        generic: null,
        ...o.details,
      }),
      described_at: Date.now(),
      description_epoch: 1,
    }),
  };
}

const json = (value: unknown) => (value === null ? null : JSON.stringify(value));
