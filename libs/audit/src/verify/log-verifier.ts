import { CompactRange } from '../merkle/compact-range.js';
import { type Checkpoint, openCheckpoint } from '../notes/checkpoint.js';
import type { VerifyingKey } from '../notes/signing-key.js';
import { ExportTime } from './export-time.js';
import { type ExportedEntry, leafHashOf, wrongFields } from './exported-entry.js';
import type { Finding } from './finding.js';
import type { PushedLog } from './pushed-log.js';
import { Redactions } from './redactions.js';

export interface Verdict {
  /** The log is what was signed and pushed: nothing was found, and nothing is `unproven`. */
  holds: boolean;
  /** The finding with the lowest index; null when all is well. */
  first: Finding | null;
  /** At most a hundred, by index. */
  findings: Finding[];
  /** Entries in the tree, and entries that wait to be sealed. */
  sealed: number;
  waiting: number;
  /** Entries that a checkpoint at the second place covers, or where that is not at hand, one of the log's own: what stands above could be changed unseen. */
  covered: number;
  /** When the newest of these checkpoints was signed; milliseconds since 1970. */
  signedAt: number | null;
  /** There are sealed entries, and nothing that the key has signed to compare any of them with. */
  unproven: boolean;
  /** Checkpoints of the log itself that are not signed by the key. */
  foreignNotes: number;
  /** When the file was made, and how many entries were pushed after that and so can't be in it; null where there are none. */
  later: { exportedAt: number; entries: number } | null;
  redactedFields: number;
  redactedEntries: number;
  /** Lines of the checkpoints that could not be read or are not signed by the key. */
  ignoredLines: number;
}

const MOST_FINDINGS = 100;

/**
 * Goes through a log once, in the order of its indexes, and compares it with what was signed: every field with its commitment, every leaf with
 * the leaf that was pushed, every root with every checkpoint. It holds a compact range and the pushed leaves, never the log.
 */
export class LogVerifier {
  private readonly findings: Finding[] = [];
  private readonly redactions = new Redactions();
  private readonly range = CompactRange.empty();
  private readonly missing = new Set<number>();
  private readonly ownCheckpoints: Checkpoint[] = [];
  private roots: Map<number, { root: Buffer; pushed: boolean }[]> | undefined;
  private foreignNotes = 0;
  /** A root or a leaf under a signed root was compared with an entry. */
  private compared = false;
  private expected = 0;
  private waiting = 0;
  /** So many entries have the root that was signed for them. */
  private agreed = 0;
  private disagreed = false;
  /** Once an index is missing or doubled, roots can't be reckoned any more. */
  private broken = false;
  /** The key has signed what stands here, and something else was pushed. */
  private forked = false;
  private exported: ExportTime | null = null;
  private mismatch: { index: number; pushed: Buffer; movedFrom: number; seenLater: boolean } | undefined;

  /** @param pushed what went to the second place; without it the log's own checkpoints are all there is to compare with */
  constructor(
    private readonly key: VerifyingKey,
    private readonly pushed: PushedLog | null,
  ) {
    this.findings.push(...(pushed?.findings ?? []));
  }

  /** A checkpoint that the log itself holds; all of them before the first entry. One that the key has not signed proves nothing, and is counted. */
  checkpoint(note: string): void {
    const opened = openCheckpoint(note, this.key);
    if (opened === null) this.foreignNotes += 1;
    else this.ownCheckpoints.push(opened);
  }

  /** When the file says it was made; before the first entry. Without it, everything that was pushed has to be there. */
  exportedAt(at: number): void {
    this.exported = new ExportTime(at);
  }

  entry(entry: ExportedEntry): void {
    const { index } = entry;
    this.redactions.see(entry);
    this.exported?.see(entry);
    if (index === null) return this.unsealed(entry);
    if (index < this.expected) return this.again(index);
    for (; this.expected < index; this.expected += 1) this.gone(this.expected);
    this.expected = index + 1;
    const wrong = wrongFields(entry);
    if (wrong.length > 0) this.found({ index, kind: 'edit', says: `not what was sealed: ${wrong.join(', ')}` });
    const leaf = leafHashOf(entry);
    if (entry.leaf !== leaf.toString('base64')) this.found({ index, kind: 'edit', says: 'its commitments are not those that were sealed' });
    this.compare(index, leaf);
    if (this.broken) return;
    this.range.append(leaf);
    this.compareRoots();
  }

  verdict(): Verdict {
    this.compareTail();
    this.classifyMismatch();
    this.findings.push(...this.redactions.unrecorded());
    const sorted = withoutVaguer(this.findings).sort((one, other) => one.index - other.index);
    const checkpoints = this.pushed ?? null;
    const unproven = this.expected > 0 && !this.compared;
    return {
      holds: sorted.length === 0 && !unproven,
      first: sorted[0] ?? null,
      findings: sorted.slice(0, MOST_FINDINGS),
      sealed: this.expected,
      waiting: this.waiting,
      covered: checkpoints?.size ?? this.agreed,
      signedAt: checkpoints?.signedAt ?? null,
      unproven,
      foreignNotes: this.foreignNotes,
      later: this.laterThanFile(),
      redactedFields: this.redactions.fields,
      redactedEntries: this.redactions.entries,
      ignoredLines: checkpoints?.ignored ?? 0,
    };
  }

  private unsealed(entry: ExportedEntry): void {
    this.waiting += 1;
    const wrong = wrongFields(entry);
    const index = this.expected;
    if (wrong.length > 0)
      this.found({ index, kind: 'edit', says: `an entry not yet sealed is not what was committed to: ${wrong.join(', ')}` });
    if (entry.passedOver) this.found({ index, kind: 'insertion', says: 'an entry without an index stands before sealed ones' });
  }

  private gone(index: number): void {
    this.broken = true;
    this.missing.add(index);
    if (this.missing.size <= MOST_FINDINGS) this.found({ index, kind: 'deletion', says: 'the entry is missing' });
  }

  private again(index: number): void {
    this.broken = true;
    const swapped = this.missing.delete(index);
    const finding = swapped ? this.findings.find((one) => one.index === index && one.kind === 'deletion') : undefined;
    if (finding) Object.assign(finding, { kind: 'swap', says: 'the entry stands behind later ones' });
    else this.found({ index, kind: 'insertion', says: 'the index is given twice' });
  }

  private compare(index: number, leaf: Buffer): void {
    if (this.mismatch?.pushed.equals(leaf)) this.mismatch.seenLater = true;
    const pushed = this.pushed?.leafAt(index);
    this.compared ||= pushed !== undefined;
    if (pushed === undefined || pushed.equals(leaf) || this.mismatch) return;
    this.disagreed = true;
    this.mismatch = { index, pushed, movedFrom: this.pushed!.indexOf(leaf, index + 1), seenLater: false };
  }

  /** Only the end of the log tells a deletion from a swap. */
  private classifyMismatch(): void {
    if (this.mismatch === undefined) return;
    const { index, movedFrom, seenLater } = this.mismatch;
    if (this.forked) return this.found({ index, kind: 'fork', says: 'not the entry that was pushed, and yet signed' });
    if (movedFrom !== -1 && seenLater)
      this.found({ index, kind: 'swap', says: `another entry stands here, and it stands elsewhere (was ${movedFrom})` });
    else if (movedFrom !== -1)
      this.found({ index, kind: 'deletion', says: `the entry that was pushed is gone; here stands the one that was ${movedFrom}` });
    else if (seenLater)
      this.found({ index, kind: 'insertion', says: 'an entry that was not pushed stands here, and the pushed one later' });
    else this.found({ index, kind: 'edit', says: 'not the entry that was pushed' });
  }

  private compareRoots(): void {
    const { size } = this.range;
    const roots = this.rootsBySize().get(size);
    if (roots === undefined) return;
    this.compared = true;
    const root = this.range.root();
    const wrong = roots.filter((signed) => !signed.root.equals(root));
    if (wrong.length < roots.length && (wrong.length > 0 || this.disagreed)) this.forked = true;
    for (const { pushed } of wrong) {
      const says = `the first ${size} entries do not have the root that was signed${pushed ? ' and pushed' : ''}`;
      this.found({ index: this.agreed, through: size - 1, kind: this.forked ? 'fork' : 'edit', says });
    }
    if (wrong.length > 0) this.disagreed = true;
    else if (!this.disagreed) this.agreed = size;
  }

  private rootsBySize() {
    if (this.roots) return this.roots;
    this.roots = new Map();
    for (const [checkpoints, pushed] of [
      [this.pushed?.checkpoints ?? [], true],
      [this.ownCheckpoints, false],
    ] as const)
      for (const { size, root } of checkpoints) this.roots.set(size, [...(this.roots.get(size) ?? []), { root, pushed }]);
    return this.roots;
  }

  private compareTail(): void {
    const own = Math.max(0, ...this.ownCheckpoints.map(({ size }) => size));
    const pushed = this.laterThanFile() === null ? (this.pushed?.size ?? 0) : 0;
    const longest = Math.max(own, pushed);
    if (this.expected >= longest) return;
    const whose = pushed > this.expected ? 'pushed' : 'signed';
    // Where nobody knows what stood at the end, one that was deleted before may be all that is missing.
    const index = this.pushed?.leafAt(this.expected) === undefined ? this.agreed : this.expected;
    this.found({
      index,
      through: longest - 1,
      kind: 'tail-cut',
      says: `${longest - this.expected} entries are missing that were ${whose}`,
    });
  }

  private laterThanFile(): Verdict['later'] {
    const entries = (this.pushed?.size ?? 0) - this.expected;
    if (entries <= 0 || !this.exported?.excuses(this.pushed!, this.expected)) return null;
    return { exportedAt: this.exported.at, entries };
  }

  private found(finding: Finding): void {
    if (this.findings.length < MOST_FINDINGS * 10) this.findings.push(finding);
  }
}

/** A root that does not fit says only between which two checkpoints; where an entry in there is named, that is enough. */
function withoutVaguer(findings: readonly Finding[]): Finding[] {
  const isVague = ({ kind, through }: Finding) => through !== undefined && kind !== 'tail-cut';
  const named = findings.filter((finding) => !isVague(finding)).map(({ index }) => index);
  return findings.filter((one) => !isVague(one) || !named.some((index) => index >= one.index && index <= one.through!));
}
