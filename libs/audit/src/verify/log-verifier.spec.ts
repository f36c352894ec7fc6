import { randomBytes, randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { type CommittedFields, commitmentsOf, FORMAT_1, newSalts } from '../commitment.js';
import { rootOf } from '../merkle/proofs.js';
import { signCheckpoint } from '../notes/checkpoint.js';
import { SigningKey } from '../notes/signing-key.js';
import { type ExportedEntry, leafHashOf } from './exported-entry.js';
import { LogVerifier, type Verdict } from './log-verifier.js';
import { PushedLog } from './pushed-log.js';
import { REDACT_VERB } from './redactions.js';

const key = new SigningKey('test.example/audit', randomBytes(32));
const NOW = 1_764_000_000_000;

const fields = (changed: Partial<CommittedFields> = {}): CommittedFields => ({
  ...(Object.fromEntries(FORMAT_1.map((field) => [field, null])) as CommittedFields),
  id: randomUUID(),
  at: NOW,
  action: 'viewed-person',
  outcome: 'done',
  reader: 'amara.okafor',
  subjects: [],
  ...changed,
});
/** As somebody who owns the database could write it: everything about the entry fits together. */
function entryOf(index: number | null, of: CommittedFields = fields()): ExportedEntry {
  const salts = newSalts();
  const commitments = commitmentsOf(of, salts).toString('base64');
  const entry = {
    index,
    leaf: null,
    format: 1,
    fields: of,
    salts: salts.toString('base64'),
    commitments,
    redacted: [],
    sink: 'database',
    drainedAt: null,
  };
  return { ...entry, leaf: index === null ? null : leafHashOf(entry).toString('base64') };
}
const logOf = (count: number) => Array.from({ length: count }, (_, index) => entryOf(index));
const leavesOf = (log: ExportedEntry[]) => log.map(leafHashOf);
const renumbered = (log: ExportedEntry[]) => log.map((entry, index) => ({ ...entry, index }));
const noteOf = (log: ExportedEntry[], size: number, by = key) =>
  signCheckpoint({ size, root: rootOf(leavesOf(log.slice(0, size))) }, by, NOW);

/** As the sealer pushes it. */
function pushedLines(log: ExportedEntry[], sizes: number[], o: { leaves?: boolean } = {}): string[] {
  let from = 0;
  return sizes.flatMap((size) => {
    const leaves = Buffer.concat(leavesOf(log.slice(from, size))).toString('base64');
    const lines = [...(o.leaves === false ? [] : [JSON.stringify({ from, leaves })]), JSON.stringify({ note: noteOf(log, size) })];
    from = size;
    return lines;
  });
}

async function verdictOf(log: ExportedEntry[], lines: string[] | null, own: string[] = []): Promise<Verdict> {
  const verifier = new LogVerifier(key.public, lines && (await PushedLog.read(lines, key.public)));
  for (const note of own) verifier.checkpoint(note);
  for (const entry of log) verifier.entry(entry);
  return verifier.verdict();
}

/** Somebody with every right on the database changes the log at a place and makes the rest fit. @returns the first index that is not as it was */
const TAMPERINGS: Record<string, (log: ExportedEntry[], at: number, other: number) => { log: ExportedEntry[]; first: number }> = {
  edit: (log, at) => ({ log: log.with(at, entryOf(at)), first: at }),
  'careless edit': (log, at) => ({
    log: log.with(at, { ...log[at]!, fields: { ...log[at]!.fields, reader: 'somebody.else' } }),
    first: at,
  }),
  'edit of the salted digests alone': (log, at) => ({
    log: log.with(at, { ...log[at]!, commitments: entryOf(at).commitments }),
    first: at,
  }),
  deletion: (log, at) => ({ log: renumbered(log.toSpliced(at, 1)), first: at }),
  'careless deletion': (log, at) => ({ log: log.toSpliced(at, 1), first: at }),
  insertion: (log, at) => ({ log: renumbered(log.toSpliced(at, 0, entryOf(at))), first: at }),
  'careless insertion': (log, at) => ({ log: log.toSpliced(at + 1, 0, entryOf(at)), first: at }),
  swap: (log, at, other) => ({ log: renumbered(log.with(at, log[other]!).with(other, log[at]!)), first: Math.min(at, other) }),
  'careless swap': (log, at, other) => ({ log: log.with(at, log[other]!).with(other, log[at]!), first: Math.min(at, other) }),
  'tail cut': (log, at) => ({ log: log.slice(0, at), first: at }),
  'everything from there on written anew': (log, at) => ({
    log: [...log.slice(0, at), ...log.slice(at).map(({ index }) => entryOf(index))],
    first: at,
  }),
  'redaction that nobody recorded': (log, at) => ({ log: log.with(at, redacted(log[at]!, 'reader')), first: at }),
};

function redacted(entry: ExportedEntry, field: (typeof FORMAT_1)[number]): ExportedEntry {
  const salts = Buffer.from(entry.salts, 'base64');
  salts.fill(0, FORMAT_1.indexOf(field) * 16, (FORMAT_1.indexOf(field) + 1) * 16);
  return { ...entry, fields: { ...entry.fields, [field]: null }, salts: salts.toString('base64'), redacted: [...entry.redacted, field] };
}

/** A log, sizes at which it was signed, where it is changed and how. */
const anyCase = fc.integer({ min: 2, max: 40 }).chain((count) =>
  fc.record({
    count: fc.constant(count),
    sizes: fc.uniqueArray(fc.integer({ min: 1, max: count }), { minLength: 1, maxLength: 6 }).map((sizes) => sizes.sort((a, b) => a - b)),
    at: fc.nat({ max: count - 1 }),
    step: fc.integer({ min: 1, max: count - 1 }),
    how: fc.constantFrom(...Object.keys(TAMPERINGS)),
  }),
);

describe('The verifier', () => {
  it('finds nothing in a log that was left alone', async () => {
    await fc.assert(
      fc.asyncProperty(anyCase, async ({ count, sizes }) => {
        const log = logOf(count);
        const verdict = await verdictOf([...log, entryOf(null)], pushedLines(log, sizes), [noteOf(log, sizes[0]!)]);
        expect(verdict).toMatchObject({ holds: true, first: null, sealed: count, waiting: 1, covered: sizes.at(-1), signedAt: NOW });
      }),
    );
  });

  it('names the first bad index of whatever was done to entries that a pushed checkpoint covers', async () => {
    await fc.assert(
      fc.asyncProperty(anyCase, async ({ count, sizes, at, step, how }) => {
        const log = logOf(count);
        const tampered = TAMPERINGS[how]!(log, at, (at + step) % count);
        const { first } = await verdictOf(tampered.log, pushedLines(log, sizes));
        const careless = how.startsWith('careless') || how.includes('alone') || how.includes('nobody');
        if (tampered.first < sizes.at(-1)!) expect([how, first?.index]).toEqual([how, tampered.first]);
        // Above the newest pushed checkpoint only carelessness shows: that is the last sealing interval.
        else if (!careless) expect([how, first]).toEqual([how, null]);
      }),
      { numRuns: 800 },
    );
  }, 120_000);

  it('names at least between which two checkpoints where signed roots are all it has', async () => {
    await fc.assert(
      fc.asyncProperty(anyCase, async ({ count, sizes, at, step, how }) => {
        const log = logOf(count);
        const tampered = TAMPERINGS[how]!(log, at, (at + step) % count);
        const { first } = await verdictOf(tampered.log, pushedLines(log, sizes, { leaves: false }));
        if (tampered.first >= sizes.at(-1)!) return;
        expect(first!.index).toBeLessThanOrEqual(tampered.first);
        expect(first!.through ?? first!.index).toBeGreaterThanOrEqual(tampered.first);
      }),
      { numRuns: 300 },
    );
  }, 120_000);

  it('says what was done', async () => {
    const log = logOf(12);
    const kinds: Record<string, string | undefined> = {};
    for (const [how, tamper] of Object.entries(TAMPERINGS))
      kinds[how] = (await verdictOf(tamper(log, 4, 7).log, pushedLines(log, [5, 12]))).first?.kind;
    expect(kinds).toEqual({
      edit: 'edit',
      'careless edit': 'edit',
      'edit of the salted digests alone': 'edit',
      deletion: 'deletion',
      'careless deletion': 'deletion',
      insertion: 'insertion',
      'careless insertion': 'insertion',
      swap: 'swap',
      'careless swap': 'swap',
      'tail cut': 'tail-cut',
      'everything from there on written anew': 'edit',
      'redaction that nobody recorded': 'redacted-unrecorded',
    });
  });

  it('names one entry that was changed, wherever it stands between two checkpoints, and no range besides', async () => {
    const log = logOf(12);
    for (const at of [0, 4, 5, 11]) {
      const { findings } = await verdictOf(log.with(at, entryOf(at)), pushedLines(log, [5, 12]));
      expect(findings).toEqual([{ kind: 'edit', index: at, says: 'not the entry that was pushed' }]);
    }
  });

  it('says of a tail that was cut how much of it is missing, and of which places', async () => {
    const log = logOf(12);
    const { first } = await verdictOf(log.slice(0, 8), pushedLines(log, [5, 12]));
    expect(first).toEqual({ kind: 'tail-cut', index: 8, through: 11, says: '4 entries are missing that were pushed' });
  });

  it('finds a fork: the key has signed another tree in the database than the one that was pushed', async () => {
    const log = logOf(9);
    const forked = [...log.slice(0, 6), entryOf(6), entryOf(7), entryOf(8), entryOf(9)];
    for (const size of [9, 10]) {
      const { first } = await verdictOf(forked, pushedLines(log, [4, 9]), [noteOf(forked, size)]);
      expect(first).toMatchObject({ kind: 'fork', index: 6 });
    }
  });

  it('finds a fork at the place itself, with leaves or without', async () => {
    const log = logOf(9);
    const other = [...log.slice(0, 6), ...[6, 7, 8].map((index) => entryOf(index))];
    const both = [...pushedLines(log, [4, 9]), ...pushedLines(other, [9])];
    expect((await verdictOf(log, both)).first).toMatchObject({ kind: 'fork', index: 6 });
    const roots = [...pushedLines(log, [4, 9], { leaves: false }), ...pushedLines(other, [9], { leaves: false })];
    expect((await verdictOf(log, roots)).first).toMatchObject({ kind: 'fork', index: 4, through: 8 });
  });

  it('keeps the proof of an entry of which a field was lawfully taken out, and tells it', async () => {
    const log = logOf(8);
    const shown = { verb: REDACT_VERB, entry: log[3]!.fields.id, fields: ['reader', 'reason'] };
    const record = entryOf(8, fields({ action: 'operated', reason: 'ordered by a court', shown }));
    const whole = [...log, record];
    const after = whole.with(3, redacted(redacted(whole[3]!, 'reader'), 'reason'));
    expect(await verdictOf(after, pushedLines(whole, [8, 9]))).toMatchObject({ holds: true, redactedEntries: 1, redactedFields: 2 });
    const more = after.with(3, redacted(after[3]!, 'person'));
    expect((await verdictOf(more, pushedLines(whole, [9]))).first).toMatchObject({
      index: 3,
      kind: 'redacted-unrecorded',
      says: 'taken out without a record: person',
    });
    const another = entryOf(9, fields({ action: 'operated', shown: { ...shown, fields: ['person'] } }));
    expect(await verdictOf([...more, another], pushedLines([...whole, another], [10]))).toMatchObject({ holds: true, redactedFields: 3 });
  });

  it('does not take a field for redacted that still stands there, or whose salt does', async () => {
    const log = logOf(3);
    const half = redacted(log[1]!, 'reader');
    for (const wrong of [
      { ...half, salts: log[1]!.salts },
      { ...half, fields: log[1]!.fields },
    ])
      expect((await verdictOf(log.with(1, wrong), pushedLines(log, [3]))).first).toMatchObject({ index: 1, kind: 'edit' });
  });

  it('believes nothing that another key has signed, and says how many lines it left out', async () => {
    const log = logOf(5);
    const other = new SigningKey(key.name, randomBytes(32));
    const lines = [...pushedLines(log, [3]), JSON.stringify({ note: noteOf(log, 5, other) }), '{"from":3,"lea'];
    expect(await verdictOf(log, lines)).toMatchObject({ holds: true, covered: 3, ignoredLines: 2 });
  });

  it('sees a change to an entry that waits to be sealed, and one that no sealer could have passed over', async () => {
    const log = logOf(4);
    const waiting = entryOf(null);
    const changed = { ...waiting, fields: { ...waiting.fields, reader: 'somebody.else' } };
    expect((await verdictOf([...log, changed], pushedLines(log, [4]))).first).toMatchObject({ kind: 'edit', index: 4 });
    expect((await verdictOf([...log, { ...waiting, passedOver: true }], pushedLines(log, [4]))).first).toMatchObject({ kind: 'insertion' });
  });
});
