/** What a log line may say of an error. */
export interface DescribedError {
  type: string;
  message: string;
  code?: string;
  retriable?: boolean;
  stack?: string;
  cause?: DescribedError;
}

/**
 * Describes an error for a log line. Only named fields are taken: database errors also carry `detail`, `where` and parameters,
 * and those quote personal data.
 */
export function describeError(error: unknown): DescribedError {
  if (!(error instanceof Error)) return { type: typeof error, message: 'something that is no Error was thrown' };
  const fields = error as Error & { code?: unknown; retriable?: unknown };
  const frames = (error.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line));
  return {
    type: error.name,
    message: withoutValues(error),
    ...(typeof fields.code === 'string' && { code: fields.code }),
    ...(typeof fields.retriable === 'boolean' && { retriable: fields.retriable }),
    ...(frames.length > 0 && { stack: frames.join('\n') }),
    ...(error.cause !== undefined && { cause: describeError(error.cause) }),
  };
}

/** PostgreSQL's data exceptions (class 22) and broken constraints (class 23) quote the value in double quotes or brackets. */
function withoutValues(error: Error): string {
  const { code, severity } = error as Error & { code?: unknown; severity?: unknown };
  const fromDatabase = typeof severity === 'string' && typeof code === 'string';
  return fromDatabase && /^2[23]/.test(code) ? error.message.replace(/"[^]*"|\([^]*\)/g, '…') : error.message;
}
