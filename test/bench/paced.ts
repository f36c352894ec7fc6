import { Agent, get } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import type { Request } from 'autocannon';
import { asMachine } from '../support/tokens.js';
import { CONNECTIONS, type Load } from './load.js';
import { percentilesOf } from './percentiles.js';

/** Shares of what can be answered at most, the largest first. */
const SHARES = [0.8, 0.6, 0.4, 0.2];

/** What was asked at a pace, which share that is of what can be answered at most, and whether the target holds at it. */
export interface Pace extends Load {
  share: number;
  held: boolean;
}

/**
 * The fastest pace at which 95 of 100 answers take less than so many milliseconds: people look when they look, not when somebody else has their answer.
 * Where even the slowest pace takes longer, that one.
 * @param most requests that can be answered in a second
 */
export async function paceWithin(target: number, most: number, url: string, seconds: number, request: () => Request): Promise<Pace> {
  let last: Pace | undefined;
  for (const share of SHARES) {
    const load = await paced(url, seconds, most * share, request);
    last = { ...load, share, held: load.p95 < target };
    if (last.held) break;
  }
  return last!;
}

/**
 * Asks so many times a second, at moments that owe nothing to the answers (exponential gaps), over as many connections as `load` has. An
 * answer's time begins at the moment it was due: what waits for a connection waits as well. @throws Error unless every answer is 2xx
 */
async function paced(url: string, seconds: number, perSecond: number, request: () => Request): Promise<Load> {
  const agent = new Agent({ keepAlive: true, maxSockets: CONNECTIONS });
  const headers = await asMachine();
  const answers: Promise<number>[] = [];
  const begun = performance.now();
  try {
    for (let due = begun; due < begun + seconds * 1000; due -= (Math.log(1 - Math.random()) * 1000) / perSecond) {
      const wait = due - performance.now();
      if (wait > 0) await pause(wait);
      const { path } = request();
      const answer = answered(new URL(path!, url), agent, headers).then(() => performance.now() - due);
      // A failure is thrown where all are waited for.
      answer.catch(() => undefined);
      answers.push(answer);
    }
    const milliseconds = await Promise.all(answers);
    return { ...percentilesOf(milliseconds), perSecond: (milliseconds.length * 1000) / (performance.now() - begun) };
  } finally {
    agent.destroy();
  }
}

function answered(url: URL, agent: Agent, headers: Record<string, string>): Promise<void> {
  return new Promise((resolve, reject) => {
    get(url, { agent, headers }, (response) => {
      response.resume();
      response.on('error', reject);
      response.on('end', () => {
        if (Math.floor(response.statusCode! / 100) === 2) resolve();
        else reject(new Error(`not every answer was 2xx, but one ${response.statusCode}`));
      });
    }).on('error', reject);
  });
}
