import { Digests, liveGeneration, type ReadModelPool } from '#lib/read-model';
import { findDifferences, type SourceDifference } from './find-differences.js';
import type { IdsFile } from './ids-file.js';
import { loadExtract } from './load-extract.js';
import { noteGone, noteMissing } from './missing-events.js';
import { type ExtractProblem, ExtractProblems } from './read-extract.js';

export interface Reconciled {
  generation: number;
  /** Rows of the extract. */
  rows: number;
  /** All problems of the file; with one of them, nothing was compared. */
  problems: number;
  firstProblems: ExtractProblem[];
  counts: { kind: string; field: string; facts: number }[];
  /** The first of them, by the digest of the fact. */
  examples: { kind: string; field: string; fact: string }[];
  /** Differences of earlier times that are no more. */
  gone: number;
}

const EXAMPLES = 50;

/** Compares the live generation with a source's own extract, in one transaction; each difference is recorded as a missing event. */
export async function reconcileSource(
  pool: ReadModelPool,
  o: { source: string; file: string; out?: IdsFile; dryRun?: boolean },
): Promise<Reconciled> {
  const client = await pool.connect();
  const problems = new ExtractProblems();
  try {
    await client.query(`BEGIN; SET LOCAL enable_seqscan = on; SET LOCAL work_mem = '64MB'`);
    const { id, schema } = await liveGeneration(client);
    const rows = await loadExtract(client, o.file, problems);
    const found = { generation: id, rows, problems: problems.count, firstProblems: problems.told };
    if (problems.count > 0) return { ...found, counts: [], examples: [], gone: 0 };
    const counted = new Counted();
    for await (const differences of findDifferences(client, schema, o.source)) {
      counted.add(differences);
      await noteMissing(client, o.source, differences);
      await o.out?.write(differences);
    }
    const gone = await noteGone(client, o.source);
    const digests = await Digests.open(client);
    const examples = counted.examples.map(({ kind, field, involvementId }) => ({
      kind,
      field,
      // As comparisons and checks list it too.
      fact: digests.ofRow([o.source, involvementId]),
    }));
    if (!o.dryRun) await client.query('COMMIT');
    return { ...found, counts: counted.counts(), examples, gone };
  } finally {
    // What was not committed goes with the connection.
    client.release(true);
  }
}

class Counted {
  private readonly facts = new Map<string, { kind: string; field: string; facts: number }>();
  readonly examples: SourceDifference[] = [];

  add(differences: readonly SourceDifference[]): void {
    this.examples.push(...differences.slice(0, EXAMPLES - this.examples.length));
    for (const { kind, field } of differences) {
      const key = `${kind} ${field}`;
      const counted = this.facts.get(key) ?? { kind, field, facts: 0 };
      this.facts.set(key, { ...counted, facts: counted.facts + 1 });
    }
  }

  counts() {
    return [...this.facts.values()].sort((a, b) => (a.kind + a.field < b.kind + b.field ? -1 : 1));
  }
}
