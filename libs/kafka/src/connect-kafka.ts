import kafkajs, { type Kafka, type LogEntry } from 'kafkajs';
import type { Logger } from '#lib/runtime';

export type { Kafka } from 'kafkajs';

/** How the brokers are reached. */
export interface Brokers {
  /** host:port */
  brokers: string[];
  /** As whom (SCRAM-SHA-512); undefined: nobody is asked for. */
  login?: { user: string; password: string } | undefined;
  tls?: boolean;
}

/** Reads it from the settings every app has. */
export const brokersOf = (settings: { kafkaBrokers: string[]; kafkaUser: string; kafkaPassword: string; kafkaTls: boolean }): Brokers => ({
  brokers: settings.kafkaBrokers,
  login: settings.kafkaUser === '' ? undefined : { user: settings.kafkaUser, password: settings.kafkaPassword },
  tls: settings.kafkaTls,
});

/**
 * Describes the cluster to talk to; connects nothing yet. kafkajs's own log lines go to `logger`, or nowhere.
 * @param o.retries how often to try again before saying that it is away: 8, a quarter of a minute, unless somebody is waiting for the answer
 */
export function connectKafka(o: Brokers & { clientId: string; logger?: Logger; retries?: number }): Kafka {
  silenceTimerWarning();
  return new kafkajs.Kafka({
    brokers: o.brokers,
    clientId: o.clientId,
    ssl: o.tls,
    sasl: o.login && { mechanism: 'scram-sha-512', username: o.login.user, password: o.login.password },
    connectionTimeout: 3000,
    requestTimeout: 15_000,
    retry: { initialRetryTime: 100, maxRetryTime: 5000, retries: o.retries ?? 8 },
    logLevel: kafkajs.logLevel.WARN,
    logCreator: () => (entry) => write(o.logger, entry),
  });
}

const levels: Record<number, 'error' | 'warn' | 'info' | 'debug'> = {
  [kafkajs.logLevel.ERROR]: 'error',
  [kafkajs.logLevel.WARN]: 'warn',
  [kafkajs.logLevel.INFO]: 'info',
  [kafkajs.logLevel.DEBUG]: 'debug',
};

/** Named fields only: kafkajs adds whatever is at hand, keys among it. */
function write(logger: Logger | undefined, { level, namespace, log }: LogEntry): void {
  const { message, error, broker, topic, groupId, partition } = log;
  // said of every idempotent producer with a limit; ours is replaced after a failure instead of trying for ever
  if (message.startsWith('Limiting retries for the idempotent producer')) return;
  logger?.[levels[level] ?? 'error']({ kafka: namespace, broker, topic, groupId, partition, error }, message);
}

let silenced = false;

/** kafkajs asks for timers a few milliseconds in the past, and Node 24 warns of each kind: harmless, and only this one warning is dropped. */
function silenceTimerWarning(): void {
  if (silenced) return;
  silenced = true;
  const emit = process.emitWarning.bind(process) as (...args: unknown[]) => void;
  process.emitWarning = (...args: unknown[]) => {
    if (args[1] !== 'TimeoutNegativeWarning') emit(...args);
  };
}
