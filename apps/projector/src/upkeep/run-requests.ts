import type { RequestVerb } from '#lib/read-model';
import { allGenerations, endRequest, noteRequestProgress, type OperatorRequest, type ReadModelPool, takeRequest } from '#lib/read-model';
import { describeError } from '#lib/runtime';
import { check } from './check.js';
import { compare } from './compare.js';
import { discard } from './discard.js';
import { redrive } from './redrive.js';
import { replay } from './replay.js';
import type { DoRequest, RequestWork } from './request-work.js';

/** What can be asked for: the list. */
const onRequest = { redrive, discard, replay, compare, check } satisfies Record<RequestVerb, DoRequest>;

const KEPT_UP = new Set(['live', 'ready', 'retired']);

/** Does the oldest request nobody is at. @returns whether there was one */
export async function runNextRequest(parts: Omit<RequestWork, 'request' | 'generations' | 'progress' | 'waitsFor'>): Promise<boolean> {
  // The connection holds the request's lock: should it or this process end, another begins the work again.
  const lock = await parts.control.connect();
  try {
    const request = await takeRequest(lock);
    if (!request) return false;
    parts.logger.info({ request: request.id, verb: request.verb }, 'doing what was asked for');
    const ended = await outcomeOf(parts, request);
    if (ended) await endRequest(lock, request.id, ended);
    parts.logger.info({ request: request.id, verb: request.verb, ...ended }, 'request ended');
    return true;
  } finally {
    lock.release(true);
  }
}

/** @returns undefined where the process stops in the middle of it */
async function outcomeOf(parts: Omit<RequestWork, 'request' | 'generations' | 'progress' | 'waitsFor'>, request: OperatorRequest) {
  try {
    const generations = await keptUp(parts.control);
    let told: Record<string, unknown> = {};
    const progress = (counts: Record<string, unknown>) => noteRequestProgress(parts.control, request.id, (told = { ...counts }));
    const waitsFor = (error: unknown) => noteRequestProgress(parts.control, request.id, { ...told, waitsFor: codeOf(error) });
    const outcome = await onRequest[request.verb]({ ...parts, request, generations, progress, waitsFor });
    return parts.signal.aborted ? undefined : { state: 'done' as const, outcome };
  } catch (error) {
    if (parts.signal.aborted) return undefined;
    parts.logger.error({ err: error, request: request.id, verb: request.verb }, 'a request failed');
    return { state: 'failed' as const, outcome: { code: codeOf(error), message: describeError(error).message } };
  }
}

function codeOf(error: unknown): string {
  const { code, type } = describeError(error);
  return code ?? type;
}

async function keptUp(control: ReadModelPool) {
  const generations = (await allGenerations(control)).filter(({ state }) => KEPT_UP.has(state));
  return generations.sort((a, b) => Number(b.state === 'live') - Number(a.state === 'live'));
}
