import { topicsOf } from '#lib/events';
import { brokersOf, connectKafka, logEnds } from '#lib/kafka';
import { readSettings, settings } from '#lib/runtime';
import { saidOfLog } from './away.js';
import { AwayError } from './errors.js';
import { opsEnvironment } from './environment.js';

export interface LogEnd {
  topic: string;
  partition: number;
  /** What the next event will get. */
  offset: number;
}

const WITHIN_MS = 8_000;

/** Where every partition of both logs ends. @throws AwayError where Kafka can't be reached */
export async function endsOfLogs(): Promise<LogEnd[]> {
  const read = readSettings({ ...settings.kafka, topicPrefix: settings.topicPrefix }, opsEnvironment());
  const kafka = connectKafka({ ...brokersOf(read), clientId: 'ops', retries: 2 });
  const { involvementLog, identityLog } = topicsOf(read.topicPrefix);
  const ends = [involvementLog, identityLog].map(async (topic) => (await logEnds(kafka, topic)).map((end) => ({ topic, ...end })));
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, refuse) => {
    timer = setTimeout(
      () => refuse(new AwayError(`the log does not answer within ${WITHIN_MS / 1_000} s. See "Kafka is down" in deploy/README.md.`)),
      WITHIN_MS,
    );
  });
  try {
    return (await Promise.race([Promise.all(ends), late])).flat();
  } catch (error) {
    throw saidOfLog(error);
  } finally {
    clearTimeout(timer);
    // What is left of the attempts is nobody's any more.
    for (const end of ends) end.catch(() => undefined);
  }
}
