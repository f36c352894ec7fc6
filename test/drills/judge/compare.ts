import { createHash } from 'node:crypto';
import type { LastSaid } from '../../support/last-said.js';
import type { Said } from '../../support/statements.js';
import type { HeldRegister } from './take-snapshot.js';

export interface Comparison {
  people: number;
  /** Whole digests, equal when every person's are. */
  expected: string;
  held: string;
  /** What differs, register by register, a few at most. */
  differences: string[];
  /** People (or facts that belong to nobody) of whom something differs. */
  peopleDiffering: number;
}

const TOLD = 5;

/** Compares what must be held with what is held, every column of every register, and digests both sides person by person. */
export function compare(said: ReadonlyMap<string, LastSaid>, held: ReadonlyMap<string, HeldRegister>): Comparison {
  const differences = [
    ...[...said.keys()].filter((name) => !held.has(name)).map((name) => `${name}: nothing is held`),
    ...[...held.keys()].filter((name) => !said.has(name)).map((name) => `${name}: held, though nothing in the log says so`),
  ];
  const expected = new Map<string, HeldRegister>();
  for (const [name, { version, said: candidates }] of said) {
    const register = held.get(name);
    const texts = candidates.map(canonical);
    const found = register ? texts.indexOf(canonical(register.values)) : -1;
    expected.set(name, { version, values: candidates[Math.max(found, 0)]! });
    if (!register) continue;
    if (String(register.version) !== String(version))
      differences.push(`${name}: version ${String(register.version)}, not ${String(version)}`);
    else if (found < 0) differences.push(`${name}: ${columnsDiffering(candidates[0]!, register.values)}`);
  }
  const [ours, theirs] = [digestsOf(expected), digestsOf(held)];
  const everybody = new Set([...ours.keys(), ...theirs.keys()]);
  return {
    people: everybody.size,
    expected: whole(ours),
    held: whole(theirs),
    differences: [...differences.slice(0, TOLD), ...(differences.length > TOLD ? [`and ${differences.length - TOLD} more`] : [])],
    peopleDiffering: [...everybody].filter((person) => ours.get(person) !== theirs.get(person)).length,
  };
}

/** Names of columns only: what the events say is made up, but a habit is a habit. */
const columnsDiffering = (said: Said, held: Said) =>
  `other values in ${Object.keys(said)
    .filter((column) => canonical(said[column]) !== canonical(held[column]))
    .join(', ')}`;

/** The same value, the same text: keys in order, absent as null. */
export function canonical(value: unknown): string {
  if (value === null || value === undefined) return 'null';
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (typeof value !== 'object') return JSON.stringify(value);
  const parts = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${parts.map(([key, part]) => `${JSON.stringify(key)}:${canonical(part)}`).join(',')}}`;
}

/** Person (a record without one stands for itself, a fact of nobody for all of them) → digest of everything held of them. */
function digestsOf(registers: ReadonlyMap<string, HeldRegister>): Map<string, string> {
  const lines = Map.groupBy(registers, ([name]) => personOf(name, registers));
  return new Map(
    [...lines].map(([person, own]) => {
      const texts = own.map(([name, { version, values }]) => `${name} ${version.join('/')} ${canonical(values)}`);
      return [person, digest(texts.sort().join('\n'))];
    }),
  );
}

function personOf(name: string, registers: ReadonlyMap<string, HeldRegister>): string {
  const fact = name.slice(0, name.lastIndexOf(' '));
  const [table, key] = fact.split(' ') as [string, string];
  const owned = table === 'involvement' || table === 'relationship';
  const subject = owned ? registers.get(`${fact} owner`)?.values.subject : table.startsWith('record') ? key : undefined;
  if (typeof subject !== 'string') return 'nobody';
  const person = registers.get(`record_person ${subject} assignment`)?.values.person;
  return typeof person === 'string' ? person : subject;
}

const whole = (digests: Map<string, string>) =>
  digest(
    [...digests]
      .map(([person, own]) => `${person} ${own}`)
      .sort()
      .join('\n'),
  );
const digest = (text: string) => createHash('sha256').update(text).digest('hex').slice(0, 12);
