import { RetryableError } from '#lib/runtime';
import { DatabaseError } from 'pg';

/** The matcher's database doesn't answer, or gave up. Wait and try again: state, checkpoint and decisions stand or fall together. */
class StateUnavailableError extends RetryableError {
  constructor(options?: ErrorOptions) {
    super('state-unavailable', 'the matcher’s database did not take the transaction', options);
  }
}

/** Whether it was the connection that failed, and not what was asked through it: nothing more can be asked. */
export const isBroken = (error: unknown): error is Error =>
  error instanceof StateUnavailableError && !(error.cause instanceof DatabaseError);

/** Connection, resources, operator intervention, rollback, system, a server that only reads, a transaction left idle too long, and a lock not had in time. */
const OUTAGES = /^(08|53|57|40|58|25006|25P03|55P03)/;

/** Marks an outage of the database as passing; a mistake of ours stays what it is, and halts. */
export function stateError(error: unknown): unknown {
  if (error instanceof DatabaseError) return OUTAGES.test(error.code ?? '') ? new StateUnavailableError({ cause: error }) : error;
  // What `pg` throws for a lost or refused connection is a plain Error, with or without a code of the system.
  const plain = error instanceof Error && error.name === 'Error' && !('retriable' in error);
  return plain || error instanceof AggregateError ? new StateUnavailableError({ cause: error }) : error;
}
