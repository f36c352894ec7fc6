import { setTimeout as pause } from 'node:timers/promises';
import { Command, Option } from 'nest-commander';
import { cancelRequest, lastRequests, type OperatorRequest, type ReadModelPool, requestOf, WrongRequestError } from '#lib/read-model';
import { DONE, GOES_ON, LOOK_AT_THIS } from '../exit-codes.js';
import { countsOf } from '../follow-request.js';
import { inReadModel } from '../in-read-model.js';
import { onRecord, reasonOf } from '../on-record.js';
import { requestId, wholeNumber } from '../option-values.js';
import { ago, instantWords, print, tell } from '../print.js';
import { type ChangeOptions, ChangingVerb } from '../verb.js';

interface RequestsOptions extends ChangeOptions {
  last?: number;
  cancel?: string;
}

const LOOK_EVERY_MS = 250;
const CANCELLED_WITHIN_MS = 15_000;

@Command({ name: 'requests', description: 'Lists what was asked of the upkeep process, by whom, why, and what came of it; cancels one.' })
export class RequestsVerb extends ChangingVerb {
  protected override readonly examples = {
    requests: 'the last 20, newest first; exit code 3 when the newest one failed',
    'requests --last 100 --json': 'more, for a script',
    'requests --cancel 01234567-89ab-cdef-0123-456789abcdef --reason "wrong source"': 'one that waits or is under way',
  };

  async run(_: string[], options: RequestsOptions): Promise<void> {
    const { cancel } = options;
    process.exitCode = await inReadModel((pool) => (cancel === undefined ? list(pool, options) : end(pool, cancel, options)));
  }

  @Option({ flags: '--last <count>', description: 'so many of the newest (20 unless said)' })
  last(text: string): number {
    return wholeNumber('--last', text, { min: 1, max: 10_000 });
  }

  @Option({ flags: '--cancel <id>', description: 'ends this one; what it has done stays done' })
  cancel(text: string): string {
    return requestId('--cancel', text);
  }
}

async function list(pool: ReadModelPool, { last, json }: RequestsOptions): Promise<number> {
  const requests = await lastRequests(pool, last ?? 20);
  print(requests, COLUMNS, { json, whenEmpty: 'Nothing was asked for yet.' });
  return requests[0]?.state === 'failed' ? LOOK_AT_THIS : DONE;
}

async function end(pool: ReadModelPool, id: string, options: RequestsOptions): Promise<number> {
  const reason = options.dryRun ? '' : reasonOf(options);
  const found = await requestOf(pool, id);
  if (!found || found.endedAt !== null) throw new WrongRequestError(`There is no request ${id}, or it has ended.`);
  if (options.dryRun) {
    tell(
      { ...found, dryRun: true },
      [`${found.verb} (${found.state}) would be cancelled. So far: ${countsOf(found.progress, 'nothing')}.`],
      options,
    );
    return DONE;
  }
  await onRecord('requests/cancel', reason, { request: id }, (by) => cancelRequest(pool, id, { by, reason }));
  for (const until = Date.now() + CANCELLED_WITHIN_MS; Date.now() < until; await pause(LOOK_EVERY_MS)) {
    const { state, verb, endedAt, outcome } = (await requestOf(pool, id))!;
    if (endedAt === null) continue;
    const words = state === 'cancelled' ? 'is cancelled' : `had come to its end (${state})`;
    tell({ id, verb, state, outcome }, [`${verb} ${words}. What was done stays done: ${countsOf(outcome, 'nothing')}.`], options);
    return state === 'cancelled' ? DONE : LOOK_AT_THIS;
  }
  tell({ id, verb: found.verb, state: found.state }, [`${found.verb} is asked to end, and has not yet.`], options);
  return GOES_ON;
}

const COLUMNS: Record<string, (row: OperatorRequest) => string> = {
  asked: (row) => instantWords(row.askedAt),
  verb: (row) => row.verb,
  of: (row) => JSON.stringify(row.arguments),
  state: (row) => row.state,
  took: ({ takenAt, endedAt }) => (takenAt === null ? '' : ago(((endedAt ?? Date.now()) - takenAt) / 1_000)),
  who: (row) => row.askedBy,
  why: (row) => row.reason,
  outcome: (row) => JSON.stringify(row.outcome ?? row.progress ?? {}),
  id: (row) => row.id,
};
