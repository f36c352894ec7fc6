import type { ListedGeneration, OperatorRequest, ReadModelPool } from '#lib/read-model';
import type { Logger } from '#lib/runtime';
import type { OpenLogs } from '../open-logs.js';
import type { ProjectorSettings } from '../settings.js';

/** What it takes to do what an operator asked for. */
export interface RequestWork {
  request: Pick<OperatorRequest, 'id' | 'arguments'>;
  logs: OpenLogs;
  settings: ProjectorSettings;
  logger: Logger;
  /** Commits reach the disk. */
  control: ReadModelPool;
  /** Commits don't wait for the disk: what is folded can be folded again. */
  writing: ReadModelPool;
  /** For statements that may take minutes; the others are given up when they are not answered. */
  long: ReadModelPool;
  /** Aborted when the process stops or loses its hold of the request: the work is begun again by the next. And when it is cancelled. */
  signal: AbortSignal;
  /** Every generation that keeps up with the logs, the live one first. */
  generations: ListedGeneration[];
  /** Notes counts while it goes on. */
  progress(counts: Record<string, unknown>): Promise<void>;
  /** Tells beside the last counts what keeps it waiting. */
  waitsFor(error: unknown): Promise<void>;
}

/** Does it. @returns what it came to, in codes and counts */
export type DoRequest = (work: RequestWork) => Promise<Record<string, unknown>>;
