import { setTimeout as pause } from 'node:timers/promises';
import { FOLD_VERSION, generationNumbered, type ListedGeneration, type ReadModelPool } from '#lib/read-model';
import { GoesOnError, NotDoneError } from './errors.js';
import { START_UPKEEP } from './follow-request.js';
import { ago } from './print.js';
import { ProgressLine } from './progress-line.js';
import { untilInterrupted } from './until-interrupted.js';

const LOOK_EVERY_MS = 500;
const TAKEN_WITHIN_MS = 15_000;
const SEE_AND_CANCEL =
  'See it with npm run ops -- rebuild --follow or generations; end it with npm run ops -- rebuild --cancel --reason "…".';

/**
 * Follows a build until it is ready.
 * @throws NotDoneError where it was cancelled or halted, GoesOnError after Ctrl-C or when nobody takes it up
 */
export async function followBuild(pool: ReadModelPool, id: number, o: { takenWithin?: number } = {}): Promise<ListedGeneration> {
  const line = new ProgressLine();
  const from = Date.now();
  try {
    return await untilInterrupted(async (interrupted) => {
      for (;;) {
        const build = await generationNumbered(pool, id);
        if (build.state === 'dropped') throw new NotDoneError(`The build of generation ${id} was cancelled.`);
        if (build.state !== 'building') return build;
        if (build.failure !== null)
          throw new NotDoneError(
            `The build of generation ${id} halted (${build.failure}). Look at the log of the upkeep process; then rebuild --resume or --cancel.`,
          );
        if (build.stage === 'waiting' && Date.now() - from > (o.takenWithin ?? TAKEN_WITHIN_MS)) throw new GoesOnError(nobodyBuilds(build));
        line.say(progressOf(build));
        await pause(LOOK_EVERY_MS, undefined, { signal: interrupted }).catch(() => undefined);
        if (interrupted.aborted) throw new GoesOnError(`The build of generation ${id} goes on without this command.\n  ${SEE_AND_CANCEL}`);
      }
    });
  } finally {
    line.end();
  }
}

function nobodyBuilds({ id, foldVersion }: ListedGeneration): string {
  const other = foldVersion === FOLD_VERSION ? '' : ` (this code is version ${FOLD_VERSION})`;
  return `Nobody builds generation ${id}: no upkeep process of fold version ${foldVersion}${other} is running, or it has not got there.\n  ${START_UPKEEP} It begins by itself then.\n  ${SEE_AND_CANCEL}`;
}

/** How far a build is, in one line. */
export function progressOf({ id, stage, wanted, eventsDone, eventsTotal, perSecond }: ListedGeneration): string {
  const head = `generation ${id}: ${wanted === 'pause' ? 'paused' : stage}`;
  if (eventsTotal === null) return head;
  const done = Math.min(1, eventsTotal === 0 ? 1 : eventsDone / eventsTotal);
  const left = perSecond ? `, about ${ago(Math.max(0, eventsTotal - eventsDone) / perSecond)} left` : '';
  return `${head}, ${eventsDone} of ${eventsTotal} events (${Math.floor(done * 100)} %), ${(perSecond ?? 0).toFixed(0)}/s${left}`;
}
