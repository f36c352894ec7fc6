import type { LoggerService } from '@nestjs/common';
import { type Logger, pino } from 'pino';
import { describeError } from './describe-error.js';

export type { Logger } from 'pino';

/** JSON lines on stdout, one per event, each with the app's name. @param level a pino level, or `silent`. */
export function createLogger(app: string, level: string): Logger {
  return pino({
    level,
    base: { app },
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (label) => ({ level: label }) },
    serializers: { err: describeError },
  });
}

/** Nest's own messages through our logger. */
export function nestLogger(logger: Logger): LoggerService {
  const write = (level: 'info' | 'error' | 'warn' | 'debug' | 'trace' | 'fatal') => (message: unknown, context?: unknown) => {
    const of = typeof context === 'string' ? { context } : {};
    if (message instanceof Error) logger[level]({ ...of, err: message });
    else logger[level](of, String(message));
  };
  return {
    log: write('info'),
    error: write('error'),
    warn: write('warn'),
    debug: write('debug'),
    verbose: write('trace'),
    fatal: write('fatal'),
  };
}
