import type { Metrics } from '#lib/runtime';

/** What is counted of captured changes: by source, and nothing of any row. */
export class CaptureMeasures {
  private readonly stopped;
  private readonly heard;
  private readonly slot;
  private readonly refused;
  private readonly held;
  private readonly seconds;

  constructor(metrics: Metrics) {
    this.stopped = metrics.gauge('ingest_capture_stopped', '1: this source’s changes are read no further, a person must look.', ['source']);
    this.heard = metrics.gauge(
      'ingest_capture_heard_at_seconds',
      'When the source’s database was last heard to live, or ingest began to listen, in Unix time.',
      ['source'],
    );
    this.slot = metrics.gauge('ingest_capture_slot_bytes', 'How much of its log the source’s database keeps for the connector.', [
      'source',
    ]);
    this.refused = metrics.gauge('ingest_capture_rows_refused', 'Rows of the source that are refused as they are now.', ['source']);
    this.held = metrics.gauge(
      'ingest_capture_snapshot_held',
      '1: by a new snapshot more would disappear than is believed without a person.',
      ['source'],
    );
    this.seconds = metrics.histogram(
      'ingest_capture_seconds',
      'From the commit at the source until the log has acknowledged what came of it.',
      ['source'],
      [0.1, 0.25, 0.5, 1, 2, 5, 10, 60, 600],
    );
  }

  /** Until ingest starts again. */
  stop(source: string): void {
    this.stopped.set({ source }, 1);
  }

  hear(source: string, { at, slotBytes }: { at: Date; slotBytes: number | null }): void {
    this.heard.set({ source }, at.getTime() / 1000);
    if (slotBytes !== null) this.slot.set({ source }, slotBytes);
  }

  refuse(source: string, rows: number): void {
    this.refused.set({ source }, rows);
  }

  hold(source: string, held: boolean): void {
    this.held.set({ source }, held ? 1 : 0);
  }

  took(source: string, committedAt: Date): void {
    this.seconds.observe({ source }, Math.max(0, Date.now() - committedAt.getTime()) / 1000);
  }
}
