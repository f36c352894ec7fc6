import { Injectable } from '@nestjs/common';
import { type AuditEntry, AuditLog } from '#lib/audit';
import { AuditUnavailable, NotAllowed } from './errors.js';
import { holds, type Right } from './rights.js';
import type { Asker } from './sign-in/reader.js';

/** What is on record of a visit or an act besides who, when and in which request. */
export type OnRecord = Pick<AuditEntry, 'action'> & Partial<Pick<AuditEntry, 'reason' | 'shown'>>;

/** Lets those pass whose role holds a right; that others came is on record before they are told. */
@Injectable()
export class Gate {
  constructor(private readonly audit: AuditLog) {}

  /** Throws `NotAllowed` (403), or `AuditUnavailable` (503) where the refusal can't be recorded. */
  async pass(asker: Asker, right: Right, what: OnRecord): Promise<void> {
    if (holds(asker.reader.role, right)) return;
    await this.record(asker, what, 'denied');
    throw new NotAllowed(right);
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
