import { NoGeneration } from './snapshot.js';

/** Whether an error means "not reachable now" (a 503 that may pass) rather than a fault of ours. */
export function meansUnavailable(error: unknown): boolean {
  if (error instanceof NoGeneration) return true;
  if (!(error instanceof Error)) return false;
  const { code, severity } = error as { code?: unknown; severity?: unknown };
  // PostgreSQL lets nobody in, or ends the connection, whatever the reason: a database that takes no connections, a role that is gone.
  if (severity === 'FATAL' || severity === 'PANIC') return true;
  // Node's network errors; PostgreSQL's classes connection exception (08), no resources (53), operator intervention (57), system error (58).
  if (typeof code === 'string') return /^(E[A-Z]+|(08|53|57|58)[0-9A-Z]{3})$/.test(code);
  return /timeout|terminated|Connection ended/i.test(error.message);
}
