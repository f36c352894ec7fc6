import { AwayError } from './errors.js';

/** Codes with which Node or PostgreSQL says that there is nobody to talk to. */
const UNREACHABLE = /^(ECONN|ENOTFOUND|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|EPIPE|EAI_AGAIN|08|57P0|53300)/;
const LOST = /connection terminated|timeout exceeded when trying to connect|query read timeout/i;
/** No such database, schema, table, column or role. */
const NOT_PREPARED = new Set(['3D000', '3F000', '42P01', '42703']);
const NO_RIGHT = new Set(['28P01', '28000', '42501']);

/**
 * Says of an error of a database what it means and what to do; leaves every other error as it is.
 * @param what the database in words, as the runbook's sections name it
 */
export function saidOfDatabase(what: string, error: unknown): unknown {
  const { code, message } = codeAndMessage(error);
  if (code === undefined ? LOST.test(message) : UNREACHABLE.test(code))
    return new AwayError(
      `${what} can't be reached (${code ?? message}). See "${what.charAt(0).toUpperCase()}${what.slice(1)} is down" in deploy/README.md.`,
    );
  if (code !== undefined && NOT_PREPARED.has(code))
    return new AwayError(`${what} is not what this version expects (${code}). Run npm run ops -- prepare first.`);
  if (code !== undefined && NO_RIGHT.has(code))
    return new AwayError(`${what} refuses this user (${code}). Look at the URL in the settings.`);
  return error;
}

const SAID: Readonly<Record<string, string>> = {
  'log-unavailable': `the log can't be reached. See "Kafka is down" in deploy/README.md.`,
  'key-store-unavailable': `the key store can't be reached. See "The key store is down" in deploy/README.md.`,
  'registry-unavailable': `the schema registry can't be reached. See "The registry is down" in deploy/README.md.`,
};

/** The same of the log, the registry and the key store. */
export function saidOfLog(error: unknown): unknown {
  const said = SAID[codeAndMessage(error).code ?? ''];
  return said === undefined ? error : new AwayError(said);
}

function codeAndMessage(error: unknown): { code: string | undefined; message: string } {
  const { code, message } = (error ?? {}) as { code?: unknown; message?: unknown };
  return { code: typeof code === 'string' ? code : undefined, message: typeof message === 'string' ? message : '' };
}
