import { Injectable } from '@nestjs/common';
import { type AuditEntry, AuditLog } from '#lib/audit';
import { AuditUnavailable, NotAllowed } from './errors.js';
import { factsOf, type Known, lets } from './policy/facts-of.js';
import { type DataClass, decide } from './policy/policy.js';
import type { Asker } from './sign-in/reader.js';

/** What is on record of a visit or an act besides who, when and in which request. */
export type OnRecord = Pick<AuditEntry, 'action'> &
  Partial<Pick<AuditEntry, 'reason' | 'reference' | 'terms' | 'person' | 'subjects' | 'shown'>>;

/** Lets those pass whom the policy lets; that others came is on record before they are told. */
@Injectable()
export class Gate {
  constructor(private readonly audit: AuditLog) {}

  /** Throws `NotAllowed` (403), or `AuditUnavailable` (503) where the refusal can't be recorded. */
  async pass(asker: Asker, data: DataClass, what: OnRecord, known: Known = {}): Promise<void> {
    const verdict = decide(factsOf(asker.reader, data, known));
    if (lets(verdict)) return;
    await this.record(asker, what, 'denied');
    throw new NotAllowed(verdict.code, data);
  }

  /** Throws `AuditUnavailable`: then nothing may be done. */
  async record({ reader, requestId }: Asker, what: OnRecord, outcome: AuditEntry['outcome']): Promise<void> {
    const { id, role, team } = reader;
    try {
      await this.audit.record([{ at: Date.now(), outcome, requestId, reader: id, role, team, ...what }]);
    } catch (error) {
      throw new AuditUnavailable(error);
    }
  }
}
