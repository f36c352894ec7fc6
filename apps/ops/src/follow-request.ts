import { setTimeout as pause } from 'node:timers/promises';
import {
  askRequest,
  type OperatorRequest,
  requestOf,
  requestsUnderWay,
  type RequestVerb,
  versionNeeded,
  withdrawRequest,
  type ReadModelPool,
} from '#lib/read-model';
import { GoesOnError, NotDoneError } from './errors.js';
import { onRecord } from './on-record.js';
import { ProgressLine } from './progress-line.js';
import { untilInterrupted } from './until-interrupted.js';

const LOOK_EVERY_MS = 250;
const TAKEN_WITHIN_MS = 15_000;

/** How to get an upkeep process, for whoever has none. */
export const START_UPKEEP = `Start one: PROJECTOR_TASK=upkeep node dist/apps/projector/src/main.js, with the settings of the projector. One that runs and is not ready says why at /health/ready.`;

/**
 * Asks an upkeep process to do something, on record first, and follows it to its end.
 * @returns the request with its outcome @throws NotDoneError where it failed or nobody took it, GoesOnError after Ctrl-C
 */
export async function askAndFollow(
  pool: ReadModelPool,
  ask: { verb: RequestVerb; arguments: Record<string, unknown>; reason: string },
  o: { takenWithin?: number } = {},
): Promise<OperatorRequest & { outcome: Record<string, unknown> }> {
  const id = await onRecord(ask.verb, ask.reason, ask.arguments, (askedBy) => askRequest(pool, { ...ask, askedBy }));
  const ended = await untilInterrupted((interrupted) => follow(pool, id, { interrupted, takenWithin: o.takenWithin ?? TAKEN_WITHIN_MS }));
  const outcome = ended.outcome ?? {};
  if (ended.state === 'failed') throw new NotDoneError(`${ask.verb} failed: ${String(outcome.message ?? outcome.code)}`);
  if (ended.state === 'cancelled')
    throw new NotDoneError(
      `${ask.verb} was cancelled by ${ended.cancelledBy}: ${ended.cancelReason}. What was done stays done: ${countsOf(outcome, 'nothing')}.`,
    );
  return { ...ended, outcome };
}

async function follow(pool: ReadModelPool, id: string, o: { interrupted: AbortSignal; takenWithin: number }): Promise<OperatorRequest> {
  const line = new ProgressLine();
  let waitsUntil = Date.now() + o.takenWithin;
  try {
    for (;;) {
      const request = (await requestOf(pool, id))!;
      if (request.endedAt !== null) return request;
      if (request.takenAt !== null) line.say(`${request.verb}: ${countsOf(request.progress)}`);
      else if ((await requestsUnderWay(pool)) > 0) {
        line.say(`${request.verb}: waits for another request to end`);
        waitsUntil = Date.now() + o.takenWithin;
      } else if (Date.now() > waitsUntil && (await withdrawRequest(pool, id)))
        throw new NotDoneError(
          `${request.verb}: no upkeep process${ofVersion(await versionNeeded(pool, request.verb))} has taken it up, so it was taken back.\n  ${START_UPKEEP}`,
        );
      await pause(LOOK_EVERY_MS, undefined, { signal: o.interrupted }).catch(() => undefined);
      if (o.interrupted.aborted)
        throw new GoesOnError(`${request.verb} goes on without this command, as request ${id}. See npm run ops -- requests.`);
    }
  } finally {
    line.end();
  }
}

const ofVersion = (needed: number | null): string => (needed === null ? '' : ` of fold version ${needed}`);

export const countsOf = (progress: Record<string, unknown> | null, none = 'begun'): string =>
  Object.entries(progress ?? {})
    .map(([what, count]) => `${what} ${String(count)}`)
    .join(', ') || none;
