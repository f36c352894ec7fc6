import { Injectable, Logger } from '@nestjs/common';
import { type AuditAction, AuditReader, type AuditSight, type LogState, readLogState } from '#lib/audit';
import { AuditUnavailable } from '../errors.js';
import { Gate, type OnRecord } from '../gate.js';
import { meansUnavailable } from '../means-unavailable.js';
import { factsOf, type Known, lets } from '../policy/facts-of.js';
import { decide } from '../policy/policy.js';
import type { Asker, Reader } from '../sign-in/reader.js';
import { type FoundInLog, foundInLog } from './found-in-log.js';

/** What is asked of the audit, as it goes on record itself: in codes. */
export interface Asked {
  page: string;
  about?: Record<string, unknown>;
  /** The person asked about; on record where anything was found. */
  person?: string;
  reason?: string;
  action?: Extract<AuditAction, 'read-audit' | 'exported'>;
  /** Only for those who may read everybody's looks. */
  whole?: true;
}

/** An act upon what was found, as it goes on record. */
export interface Act {
  verb: string;
  reason?: string;
  about: Record<string, unknown>;
}

/** The team whose looks alone this reader may see; null: everybody's. Without a team of their own there is none to see. */
export const teamSeenBy = (reader: Reader): string | null => (seesAll(reader) ? null : reader.team);

const seesAll = (reader: Reader): boolean => lets(decide(factsOf(reader, 'audit')));
/** What the policy has to know of whoever may see the own team’s looks. */
export const ofOwnTeam = (reader: Reader): Known => (!seesAll(reader) && reader.team !== '' ? { relationship: 'own-team' } : {});

/** The door to the audit: the right first, then the reading, then the record of it, and only then the answer. */
@Injectable()
export class LookIntoAudit {
  private readonly logger = new Logger(LookIntoAudit.name);
  constructor(
    private readonly reader: AuditReader,
    private readonly gate: Gate,
  ) {}

  /** Whether this reader may be here at all. Throws `NotAllowed` (403), once that they came is on record. */
  allow(asker: Asker, asked: Asked): Promise<void> {
    return this.gate.pass(asker, 'audit', onRecordOf(asked), asked.whole ? {} : ofOwnTeam(asker.reader));
  }

  /** Throws `NotAllowed` (403) or `AuditUnavailable` (503). @param found whether there was anything to show */
  async look<Result>(
    asker: Asker,
    asked: Asked,
    read: (sight: AuditSight) => Promise<Result>,
    found: (result: Result) => boolean = () => true,
  ): Promise<Result> {
    await this.allow(asker, asked);
    const result = await this.read(read);
    if (found(result)) await this.gate.record(asker, onRecordOf(asked), 'done');
    else await this.gate.record(asker, { ...onRecordOf(asked), person: null }, 'nothing-found');
    return result;
  }

  /** Puts on record that what follows is read, before it is. */
  async open(asker: Asker, asked: Asked): Promise<void> {
    await this.allow(asker, asked);
    await this.gate.record(asker, onRecordOf(asked), 'done');
  }

  /** Does something that only those who see everybody's looks may do, once it is on record. */
  async act<Result>(asker: Asker, { verb, reason, about }: Act, act: () => Promise<Result>): Promise<Result> {
    const what = { action: 'operated', reason, shown: { ...about, verb } } as const;
    await this.gate.pass(asker, 'audit', what);
    await this.gate.record(asker, what, 'done');
    try {
      return await act();
    } catch (error) {
      await this.gate.record(asker, { ...what, shown: { ...what.shown, refused: 'failed' } }, 'refused');
      throw error;
    }
  }

  /** Reads what `look`, `open` or `act` has let pass. */
  read<Result>(read: (sight: AuditSight) => Promise<Result>): Promise<Result> {
    return reached(this.reader.read(read));
  }

  /** What was found wrong with the log. */
  async foundInLog(): Promise<FoundInLog> {
    return foundInLog(await this.logState(), Date.now());
  }

  /** How the log fares. Null, for whatever reason it can't be read: who asks the audit is still answered, or told why not. */
  async logState(): Promise<LogState | null> {
    try {
      return await this.reader.read(readLogState);
    } catch (error) {
      const { name, code } = error as { name?: unknown; code?: unknown };
      this.logger.error(`whether the audit log is what was sealed can’t be read: ${String(name)} ${String(code)}`);
      return null;
    }
  }

  review<Result>(add: (sight: AuditSight) => Promise<Result>): Promise<Result> {
    return reached(this.reader.review(add));
  }
}

const onRecordOf = ({ page, about, person, reason, action = 'read-audit' }: Asked): OnRecord => ({
  action,
  person,
  reason,
  shown: { ...about, page: `audit/${page}` },
});

async function reached<Result>(result: Promise<Result>): Promise<Result> {
  try {
    return await result;
  } catch (error) {
    throw meansUnavailable(error) ? new AuditUnavailable(error) : error;
  }
}
