import { Inject, Injectable } from '@nestjs/common';
import { BuildUnderWayError, type ReadModelPool, SwitchRefusedError, WrongGenerationError, WrongRequestError } from '#lib/read-model';
import { Gate } from '../gate.js';
import { OPERATIONS } from '../providers.js';
import type { Asker } from '../sign-in/reader.js';
import { inOneSight, reached, type Sight } from './sight.js';

/** A button that was pressed, as it is on record. */
export interface Press {
  verb: string;
  reason: string;
  /** What it is about: codes and numbers only. */
  about?: Record<string, unknown>;
}

/** The engine does not do what was asked, in its own words. */
export class EngineRefused extends Error {
  constructor(
    readonly code: string,
    message: string,
  ) {
    super(message);
  }
}

/**
 * The door to the operations pages. They show tokens, codes, counts and times, never personal data; so looking is free to those with the
 * right, and every act is on record before it is done.
 */
@Injectable()
export class Operate {
  constructor(
    @Inject(OPERATIONS) private readonly pool: ReadModelPool,
    private readonly gate: Gate,
  ) {}

  /** Reads one page's facts in one snapshot. Throws `NotAllowed` (403), `AuditUnavailable` or `ReadModelUnavailable` (503). */
  async look<Result>(asker: Asker, page: string, read: (sight: Sight) => Promise<Result>): Promise<Result> {
    await this.allow(asker, page);
    return inOneSight(this.pool, read);
  }

  /** Whether this reader may be here at all. Throws `NotAllowed`, once that they came is on record. */
  allow(asker: Asker, page: string): Promise<void> {
    return this.gate.pass(asker, 'operations', { action: 'operated', shown: { page } });
  }

  /** Does what was asked, once it is on record. Throws `EngineRefused`, `NotAllowed` (403), `AuditUnavailable` or `ReadModelUnavailable` (503). */
  async press<Result>(asker: Asker, { verb, reason, about }: Press, act: (pool: ReadModelPool) => Promise<Result>): Promise<Result> {
    const onRecord = { action: 'operated', reason, shown: { ...about, verb } } as const;
    await this.gate.pass(asker, 'operations', onRecord);
    await this.gate.record(asker, onRecord, 'done');
    try {
      return await reached(act(this.pool));
    } catch (error) {
      const code = refusalCodeOf(error);
      await this.gate.record(asker, { ...onRecord, shown: { ...onRecord.shown, refused: code ?? 'failed' } }, 'refused');
      throw code === null ? error : new EngineRefused(code, (error as Error).message);
    }
  }
}

const REFUSALS = [WrongGenerationError, SwitchRefusedError, BuildUnderWayError, WrongRequestError] as const;

const refusalCodeOf = (error: unknown): string | null =>
  REFUSALS.some((refusal) => error instanceof refusal) ? (error as InstanceType<(typeof REFUSALS)[number]>).code : null;
