import { createLogger, type Logger } from './logger.js';
import { SettingsError } from './settings.js';

export interface Running {
  /** Where the app answers. */
  url: string;
  /** Takes nothing new, finishes what it holds, closes its connections. */
  stop(): Promise<void>;
}

type Start = (env: Record<string, string | undefined>) => Promise<Running>;

const STOP_DEADLINE_MS = 10_000;

/**
 * Starts an app with the process's environment and keeps it until SIGTERM or SIGINT, then stops it once, within 10 s.
 * With STOP_WITH_PARENT=stdin it also stops when its standard input closes: a parent killed at once leaves no child behind.
 * Exit code 0 after a clean stop, 1 otherwise.
 */
export async function runUntilStopped(app: string, start: Start): Promise<void> {
  const logger = createLogger(app, process.env.LOG_LEVEL ?? 'info');
  logWarnings(logger);
  for (const event of ['uncaughtException', 'unhandledRejection'] as const) {
    process.on(event, (err) => exitAfter(logger, err, 'stopped by an error nobody handled'));
  }
  const asked = askedToStop();
  try {
    const running = await start(process.env);
    logger.info({ url: running.url }, 'ready');
    const why = await asked;
    logger.info({ why }, 'stopping');
    setTimeout(
      () => exitAfter(logger, new Error(`not stopped within ${STOP_DEADLINE_MS} ms`), 'stopped by force'),
      STOP_DEADLINE_MS,
    ).unref();
    await running.stop();
    logger.info('stopped');
    process.exit(0);
  } catch (error) {
    exitAfter(logger, error, 'could not start or stop');
  }
}

/** Listens from the first moment, so that a signal during the start is not lost. */
function askedToStop(): Promise<string> {
  return new Promise((resolve) => {
    process.once('SIGTERM', () => resolve('SIGTERM'));
    process.once('SIGINT', () => resolve('SIGINT'));
    if (process.env.STOP_WITH_PARENT === 'stdin') {
      process.stdin.resume();
      process.stdin.once('close', () => resolve('parent gone'));
    }
  });
}

/** kafkajs's timers make Node 24 print a harmless TimeoutNegativeWarning now and then; all other warnings are logged. */
function logWarnings(logger: Logger): void {
  process.removeAllListeners('warning');
  process.on('warning', (warning) => {
    if (warning.name !== 'TimeoutNegativeWarning') logger.warn({ err: warning }, 'warning from Node');
  });
}

function exitAfter(logger: Logger, error: unknown, message: string): never {
  if (error instanceof SettingsError) logger.fatal({ code: error.code, problems: error.problems }, 'settings are missing or wrong');
  else logger.fatal({ err: error }, message);
  process.exit(1);
}
