import type { PoolClient } from 'pg';
import type { RequestVerb } from '#lib/read-model';
import { allGenerations, endRequest, noteRequestProgress, type OperatorRequest, type ReadModelPool, takeRequest } from '#lib/read-model';
import { describeError } from '#lib/runtime';
import { mayPass } from '../errors.js';
import { check } from './check.js';
import { compare } from './compare.js';
import { discard } from './discard.js';
import { holdRequest, RequestCancelled } from './hold-request.js';
import { redrive } from './redrive.js';
import { replay } from './replay.js';
import type { DoRequest, RequestWork } from './request-work.js';

/** What can be asked for: the list. */
const onRequest = { redrive, discard, replay, compare, check } satisfies Record<RequestVerb, DoRequest>;

const KEPT_UP = new Set(['live', 'ready', 'retired']);

type Parts = Omit<RequestWork, 'request' | 'generations' | 'progress' | 'waitsFor'>;
type Ended = Parameters<typeof endRequest>[2];

/**
 * Does the oldest request nobody is at. @returns whether there was one
 * @throws what may pass, or where the connection that holds its lock is lost: it is begun again
 */
export async function runNextRequest(parts: Parts): Promise<boolean> {
  // The connection holds the request's lock: should it or this process end, another begins the work again.
  const lock = await parts.control.connect();
  try {
    const request = await takeRequest(lock);
    if (!request) return false;
    parts.logger.info({ request: request.id, verb: request.verb }, 'doing what was asked for');
    const ended = await endOf(parts, lock, request);
    if (ended) await endRequest(lock, request.id, ended);
    parts.logger.info({ request: request.id, verb: request.verb, ...ended }, 'request ended');
    return true;
  } finally {
    lock.release(true);
  }
}

/** @returns undefined where the process stops in the middle of it */
async function endOf(parts: Parts, lock: PoolClient, request: OperatorRequest): Promise<Ended | undefined> {
  // Whoever was at it did not live to see that it was cancelled.
  if (request.cancelledBy !== null) return { state: 'cancelled', outcome: request.progress ?? {} };
  const held = holdRequest(lock, request.id);
  let told: Record<string, unknown> = {};
  const progress = (counts: Record<string, unknown>) => noteRequestProgress(parts.control, request.id, (told = { ...counts }));
  const waitsFor = (error: unknown) => noteRequestProgress(parts.control, request.id, { ...told, waitsFor: codeOf(error) });
  const signal = AbortSignal.any([parts.signal, held.signal]);
  let ended: Ended;
  try {
    const generations = await keptUp(parts.control);
    const outcome = await onRequest[request.verb]({ ...parts, signal, request, generations, progress, waitsFor });
    ended = { state: 'done', outcome: (told = outcome) };
  } catch (error) {
    if (!signal.aborted && mayPass(error)) {
      await waitsFor(error);
      throw error;
    }
    ended = { state: 'failed', outcome: { code: codeOf(error), message: describeError(error).message } };
    if (!signal.aborted) parts.logger.error({ err: error, request: request.id, verb: request.verb }, 'a request failed');
  } finally {
    await held.letGo();
  }
  if (parts.signal.aborted) return undefined;
  if (held.signal.reason instanceof RequestCancelled) return { state: 'cancelled', outcome: told };
  held.signal.throwIfAborted();
  return ended;
}

function codeOf(error: unknown): string {
  const { code, type } = describeError(error);
  return code ?? type;
}

async function keptUp(control: ReadModelPool) {
  const generations = (await allGenerations(control)).filter(({ state }) => KEPT_UP.has(state));
  return generations.sort((a, b) => Number(b.state === 'live') - Number(a.state === 'live'));
}
