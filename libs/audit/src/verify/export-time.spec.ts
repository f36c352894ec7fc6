import { randomBytes, randomUUID } from 'node:crypto';
import { type CommittedFields, commitmentsOf, FORMAT_1, newSalts } from '../commitment.js';
import { rootOf } from '../merkle/proofs.js';
import { signCheckpoint } from '../notes/checkpoint.js';
import { SigningKey } from '../notes/signing-key.js';
import { type ExportedEntry, leafHashOf } from './exported-entry.js';
import { exportLines, verifyExport } from './export-file.js';
import { EXPORT_PAGE, EXPORT_VERB } from './export-time.js';
import { LogVerifier, type Verdict } from './log-verifier.js';
import { PushedLog } from './pushed-log.js';

const key = new SigningKey('test.example/audit', randomBytes(32));
const EXPORTED = Date.parse('2026-11-18T10:00:00Z');
const MINUTE = 60_000;

function entryOf(changed: Partial<CommittedFields> = {}): ExportedEntry {
  const none = Object.fromEntries(FORMAT_1.map((field) => [field, null])) as CommittedFields;
  const fields = {
    ...none,
    id: randomUUID(),
    at: EXPORTED - 5 * MINUTE,
    action: 'viewed-person',
    outcome: 'done',
    subjects: [],
    ...changed,
  };
  const salts = newSalts();
  const commitments = commitmentsOf(fields, salts).toString('base64');
  return {
    index: null,
    leaf: null,
    format: 1,
    fields,
    salts: salts.toString('base64'),
    commitments,
    redacted: [],
    sink: 'database',
    drainedAt: null,
  };
}
const recordOf = (shown: object, at = EXPORTED - 100) => entryOf({ action: 'exported', at, shown });
const sealedAs = (entries: ExportedEntry[]) =>
  entries.map((entry, index) => ({ ...entry, index, leaf: leafHashOf(entry).toString('base64') }));

/** A log of so many looks; then the record of its export, and looks since. */
const looks = (count: number) => Array.from({ length: count }, () => entryOf());

/** @param signed when so many entries were signed and pushed */
async function verdictOf(
  file: ExportedEntry[],
  log: ExportedEntry[],
  signed: [size: number, at: number][],
  exportedAt = EXPORTED,
): Promise<Verdict> {
  let from = 0;
  const lines = signed.flatMap(([size, at]) => {
    const hashes = log.slice(0, size).map(leafHashOf);
    const leaves = Buffer.concat(hashes.slice(from)).toString('base64');
    const pushed = [JSON.stringify({ from, leaves }), JSON.stringify({ note: signCheckpoint({ size, root: rootOf(hashes) }, key, at) })];
    from = size;
    return pushed;
  });
  const verifier = new LogVerifier(key.public, await PushedLog.read(lines, key.public));
  const parts = (async function* () {
    for (const entry of file) yield { entry };
  })();
  await verifyExport(exportLines(parts, { origin: key.name, exportedAt }), verifier);
  return verifier.verdict();
}

describe('What was pushed after a file was made', () => {
  const before = looks(5);
  const since = looks(4);
  const signed: [number, number][] = [
    [5, EXPORTED - 2 * MINUTE],
    [10, EXPORTED + MINUTE],
  ];

  it.each([{ page: EXPORT_PAGE }, { verb: EXPORT_VERB }])('is no cut of its tail where its own record %j is pushed too', async (shown) => {
    const record = recordOf(shown);
    const log = [...before, record, ...since];
    expect(await verdictOf([...sealedAs(before), record], log, signed)).toMatchObject({
      holds: true,
      later: { exportedAt: EXPORTED, entries: 5 },
    });
    expect(await verdictOf([...sealedAs([...before, record])], log, signed)).toMatchObject({ holds: true, later: { entries: 4 } });
  });

  it('is a cut where the file says it is older than it is: nothing was exported then', async () => {
    const log = [...before, ...since, recordOf({ page: EXPORT_PAGE }, EXPORTED + MINUTE)];
    const cut = { holds: false, later: null, first: { kind: 'tail-cut', index: 5 } };
    expect(await verdictOf(sealedAs(before), log, signed)).toMatchObject(cut);
    // Nor does a record help that was made up, or one of something else.
    expect(await verdictOf([...sealedAs(before), recordOf({ page: EXPORT_PAGE })], log, signed)).toMatchObject(cut);
    const later = recordOf({ page: EXPORT_PAGE }, EXPORTED + 1);
    expect(await verdictOf([...sealedAs(before), later], [...before, later, ...since], signed)).toMatchObject(cut);
    const list = recordOf({ page: 'audit/refused' });
    expect(await verdictOf([...sealedAs(before), list], [...before, list, ...since], signed)).toMatchObject(cut);
  });

  it('is a cut where it was pushed before the time that the file says', async () => {
    const record = recordOf({ page: EXPORT_PAGE });
    const log = [...before, ...since, record];
    const early: [number, number][] = [
      [9, EXPORTED - MINUTE],
      [10, EXPORTED + MINUTE],
    ];
    expect(await verdictOf([...sealedAs(before), record], log, early)).toMatchObject({
      holds: false,
      first: { kind: 'tail-cut', index: 5 },
    });
  });

  it('is no cut where it was pushed within the seconds by which two clocks may differ', async () => {
    const record = recordOf({ page: EXPORT_PAGE });
    const log = [...before, ...since, record];
    const verdict = (signedAt: number) =>
      verdictOf([...sealedAs(before), record], log, [
        [9, signedAt],
        [10, EXPORTED + MINUTE],
      ]);
    expect(await verdict(EXPORTED - 4_000)).toMatchObject({ holds: true, later: { entries: 5 } });
    expect(await verdict(EXPORTED - 5_000)).toMatchObject({ holds: false, first: { kind: 'tail-cut', index: 5 } });
  });

  it('is a cut where an older record is all there is, and the file says it was made now', async () => {
    const record = recordOf({ page: EXPORT_PAGE }, EXPORTED - 10 * MINUTE);
    const log = [...before, record, ...since];
    expect(await verdictOf([...sealedAs([...before, record])], log, signed)).toMatchObject({
      holds: false,
      first: { kind: 'tail-cut', index: 6 },
    });
  });
});
