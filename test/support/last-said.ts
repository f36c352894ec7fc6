import type { Entry } from './any-log.js';
import { type Said, statementsOf } from './statements.js';

/** What one register must hold. */
export interface LastSaid {
  /** (epoch, position, rank) of the statements that won. */
  version: number[];
  /** What its columns may hold: more than one only where a source says different things at one version. */
  said: Said[];
}

/**
 * What the sources said last, reckoned the plain way: of every register all statements, of which those at the highest (epoch, position, rank)
 * remain. It shares no code with the projector: tests and drills compare the read model with it.
 * @returns "table key register" → what the register must hold
 */
export function lastSaid(log: Iterable<Entry>): Map<string, LastSaid> {
  const best = new Map<string, LastSaid>();
  for (const entry of log) {
    for (const { name, version, said } of statementsOf(entry)) {
      const held = best.get(name);
      const order = held ? compare(version, held.version) : 1;
      if (order > 0) best.set(name, { version, said: [said] });
      else if (order === 0) held!.said.push(said);
    }
  }
  return best;
}

const compare = (a: number[], b: number[]) => a.map((value, at) => value - b[at]!).find((difference) => difference !== 0) ?? 0;
