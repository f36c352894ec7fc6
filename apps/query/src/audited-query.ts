import { Query } from '@nestjs/cqrs';
import type { AuditAction } from '#lib/audit';
import type { DataClass } from './policy/policy.js';
import type { Purpose } from './policy/purpose.js';

/** One look to be recorded: an action and whom it concerned. Several when one answer shows several people. */
export interface Look {
  action: AuditAction;
  /** Whether there was anything to show. */
  found: boolean;
  /** Nothing of what was asked for was found, but who the person is stands on the page all the same. */
  named?: boolean;
  /** Why what was asked to be done is not, as a code: then it is on record as refused. */
  refused?: string;
  /** Person id, when a person was asked for or shown. */
  person: string | null;
  /** Subject tokens of the records it was made of, where these are not all of the person's. */
  subjects?: string[];
  /** What was shown, in codes (service, state, number of results): never personal data. */
  shown?: Record<string, unknown>;
  /** Why, where the question itself asks for it. */
  purpose?: Purpose;
  /** Search terms as typed; the audit log seals them. */
  terms?: Record<string, string>;
}

/** A question that can be asked: it says what kind of data it is about and what the audit log must keep about its answer. Only `Ask` runs it. */
export abstract class AuditedQuery<Result> extends Query<Result> {
  abstract readonly data: DataClass;
  /**
   * Whom it is about; null: what was asked for is nobody's id. Where the data goes by case, `Ask` finds out how the reader stands to them, in the same
   * snapshot; without anybody, the reader is taken for somebody with no case and no reason.
   */
  abstract readonly person: string | null | undefined;
  /** The looks to record. `result` is what is about to be shown; null when nothing is (denied, or nothing of that id may be seen). */
  abstract looks(result: Result | null): Look[];
}
