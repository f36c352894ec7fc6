import { createHash } from 'node:crypto';
import { EVENT_TYPES } from '#lib/events';
import { FOLD_VERSION, FOLDED_AS, tables } from '#lib/read-model';
import { SAMPLED_DECISIONS, SAMPLED_EVENTS, SAMPLED_SUBJECT } from '../../../test/support/fold-sample.js';
import { ByteSlab } from './byte-slab.js';
import { HeldRegister } from './held-register.js';
import { projectDecision, projectEvent } from './project.js';
import type { RegisterWrite } from './register-write.js';

/** All that reaches the read model of one write, down to the bytes that decide between two of the same version. */
const foldedWrite = (write: RegisterWrite) => ({
  ...write,
  table: write.table.name,
  digest: new HeldRegister(write, new ByteSlab(64)).digest,
});

function foldDigest(): string {
  const place = { subject: SAMPLED_SUBJECT, partition: 1 };
  const writes = [
    ...SAMPLED_EVENTS.flatMap((event, offset) => projectEvent(event, { ...place, offset })),
    ...SAMPLED_DECISIONS.flatMap((decision, offset) => projectDecision(decision, { partition: 1, offset, publishedAt: offset })),
  ];
  // Indexes are left out: they change what is fast, not what is there.
  const shapes = Object.values(tables).map(({ name, key, plain, registers }) => ({ name, key, plain, registers }));
  const text = JSON.stringify({ writes: writes.map(foldedWrite), shapes }, sorted);
  return createHash('sha256').update(text).digest('hex').slice(0, 16);
}

/** The order in which properties are written down means nothing. */
const sorted = (_: string, value: unknown): unknown =>
  value !== null && typeof value === 'object' && !Array.isArray(value)
    ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
    : value;

/** Every place in a value: `names.[].family`, and whether something stands there. */
function placesIn(value: unknown, path: string): [path: string, filled: boolean][] {
  if (Array.isArray(value)) return value.length === 0 ? [[path, false]] : value.flatMap((item) => placesIn(item, `${path}.[]`));
  if (value === null || typeof value !== 'object') return [[path, value !== null]];
  return [[path, true], ...Object.entries(value).flatMap(([name, inner]) => placesIn(inner, `${path}.${name}`))];
}

describe('The fold’s version', () => {
  it('changes whenever the same log would fold to other rows', () => {
    const now = foldDigest();
    if (FOLDED_AS[FOLD_VERSION] !== now)
      throw new Error(
        `The same log folds to other rows than FOLD_VERSION ${FOLD_VERSION} stands for (${now}, not ${FOLDED_AS[FOLD_VERSION]}). ` +
          `If that is meant: raise FOLD_VERSION in libs/read-model/src/fold-version.ts, record FOLDED_AS[${FOLD_VERSION + 1}] = '${now}' there, ` +
          'and rebuild every deployment (npm run ops -- rebuild).',
      );
  });

  it('never stands for two folds', () => {
    expect(new Set(Object.values(FOLDED_AS)).size).toBe(Object.keys(FOLDED_AS).length);
    expect(Math.max(...Object.keys(FOLDED_AS).map(Number))).toBe(FOLD_VERSION);
  });

  it('is held by events of every type, each field of each filled somewhere', () => {
    expect([...new Set(SAMPLED_EVENTS.map(({ type }) => type))].sort()).toEqual([...EVENT_TYPES].sort());
    // What an involvement is like is one part of two events.
    const places = SAMPLED_EVENTS.flatMap((event) => placesIn(event, event.type.replace(/^Involvement(Opened|Updated)$/, 'Involvement')));
    const filled = new Set(places.filter(([, filled]) => filled).map(([path]) => path));
    expect(places.map(([path]) => path).filter((path) => !filled.has(path))).toEqual([]);
  });
});
