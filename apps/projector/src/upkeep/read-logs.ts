import { topicsOf } from '#lib/events';
import { HaltError, type OffsetRange, readRange } from '#lib/kafka';
import { ReadModelChangedError } from '../errors.js';
import type { RequestWork } from './request-work.js';

type Apply = Parameters<typeof readRange>[0]['apply'];

/**
 * Reads parts of the logs for a request. What may pass is tried again, and told; what an hour of trying would not change ends it.
 * @throws an AbortError where the request is to stop, or what `apply` failed with
 */
export async function readLogs(work: RequestWork, ranges: readonly OffsetRange[], apply: Apply): Promise<void> {
  const { logs, settings, signal, logger, request } = work;
  try {
    await readRange({
      kafka: logs.kafka,
      groupPrefix: `${topicsOf(settings.topicPrefix).projectorGroups}request.`,
      ranges,
      signal,
      logger,
      apply: async (batch) => {
        try {
          await apply(batch);
        } catch (error) {
          if (error instanceof ReadModelChangedError) throw new HaltError('unexpected', error.message, { cause: error });
          logger.warn({ err: error, request: request.id }, 'a request is interrupted, trying again');
          await work.waitsFor(error);
          throw error;
        }
      },
    });
  } catch (error) {
    throw error instanceof HaltError && error.cause ? error.cause : error;
  }
  signal.throwIfAborted();
}
