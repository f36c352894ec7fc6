import { setTimeout as pause } from 'node:timers/promises';
import type { PoolClient } from 'pg';
import { isCancelled } from '#lib/read-model';

const LOOK_EVERY_MS = 500;

/** An operator wants the request to end. */
export class RequestCancelled extends Error {
  override readonly name = 'RequestCancelled';
}

/** What a request's work goes by while it is done. */
export interface HeldRequest {
  /** Aborted where it is cancelled, with `RequestCancelled`; or where its lock is gone with the connection, so that another may be at it. */
  signal: AbortSignal;
  /** Ends the looking: from here on the connection is free for other statements. */
  letGo(): Promise<void>;
}

/** @param lock the connection that holds the request's lock */
export function holdRequest(lock: PoolClient, id: string): HeldRequest {
  const held = new AbortController();
  const ended = new AbortController();
  const lost = (error?: Error) => held.abort(error ?? new Error('the connection that holds a request was lost'));
  lock.on('error', lost);
  lock.on('end', lost);
  const looking = (async () => {
    while (!ended.signal.aborted && !held.signal.aborted) {
      if (await isCancelled(lock, id)) held.abort(new RequestCancelled());
      await pause(LOOK_EVERY_MS, undefined, { signal: ended.signal }).catch(() => undefined);
    }
  })().catch(lost);
  return {
    signal: held.signal,
    async letGo() {
      ended.abort();
      await looking;
    },
  };
}
