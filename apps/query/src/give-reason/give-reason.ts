import { Injectable } from '@nestjs/common';
import { Gate } from '../gate.js';
import { type Purpose, purposeOnRecord } from '../policy/purpose.js';
import { Reasons } from '../policy/reasons.js';
import type { Asker } from '../sign-in/reader.js';

/** Keeps a reason, once it is on record. Nothing is asked about the person: it is the same whether or not there is one. */
@Injectable()
export class GiveReason {
  constructor(
    private readonly gate: Gate,
    private readonly reasons: Reasons,
  ) {}

  /** @throws AuditUnavailable */
  async give(asker: Asker, person: string, purpose: Purpose): Promise<void> {
    await this.gate.record(asker, { action: 'gave-reason', person, ...purposeOnRecord(purpose) }, 'done');
    await this.reasons.keep(asker, person, purpose);
  }
}
