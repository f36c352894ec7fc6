import type { LogMessage } from '#lib/kafka';
import type { Logger } from '#lib/runtime';
import type { Captured, Mapping } from '../sources/mapping.js';
import type { Beats } from './beats.js';
import type { CaptureState, SnapshotPlace } from './capture-state.js';
import type { PublishRows } from './publish-rows.js';
import { type Beat, readChange, type RowChange } from './read-change.js';

/** Changes published together at most. */
const TOGETHER = 250;
/** Changes of the stream known by name, so that those are passed over that a connector sends once more. */
const KNOWN = 20_000;

/** One source whose changes are captured: takes what its connector sends, in its order. */
export class TakeChanges {
  /** In the order they came. */
  private readonly known = new Set<string>();
  /** Of those known. */
  private highestLsn = 0;

  constructor(
    private readonly mapping: Mapping,
    private readonly captured: Captured,
    private readonly parts: { rows: PublishRows; beats: Beats; state: CaptureState; logger: Logger },
  ) {}

  /**
   * Returns once everything that the messages say is in the log; done again after a crash it has no second effect.
   * @param alive called every now and then while it works @throws HaltError after what stands before it was taken; RetryableError
   */
  async take(messages: readonly LogMessage[], alive: () => Promise<void>): Promise<void> {
    let waiting: RowChange[] = [];
    let place: SnapshotPlace | undefined;
    const publish = async () => {
      const changes = waiting;
      waiting = [];
      await this.publish(changes, alive);
    };
    for (const message of messages) {
      const change = await this.read(message, publish);
      if (change === undefined) continue;
      place ??= await this.parts.state.snapshotPlace(this.mapping.name, this.captured.epoch);
      const begins = beginsSnapshot(change, place);
      if (change.kind === 'beat' || begins || waiting.length === TOGETHER) await publish();
      if (begins) place = await this.beginSnapshot(change);
      else if (!change.inSnapshot) place = await this.noteStream(change, place);
      if (change.kind === 'beat') await this.parts.beats.take(this.mapping, this.captured, change, alive);
      else if (!this.isKnown(change)) {
        this.forgetWhatFollows(change);
        waiting.push(change);
      }
    }
    await publish();
  }

  private async read(message: LogMessage, publish: () => Promise<void>) {
    try {
      return readChange(message, this.captured);
    } catch (halt) {
      await publish();
      throw halt;
    }
  }

  private async beginSnapshot({ offset }: RowChange | Beat): Promise<SnapshotPlace> {
    await this.parts.state.beginSnapshot(this.mapping.name, this.captured.epoch, offset);
    this.parts.logger.info({ source: this.mapping.name }, 'a snapshot of its tables begins');
    return { began: offset, streamed: null };
  }

  /** The next row of a snapshot behind it begins a new one. */
  private async noteStream({ offset }: RowChange | Beat, place: SnapshotPlace): Promise<SnapshotPlace> {
    if (place.began === null || place.streamed !== null || offset < place.began) return place;
    await this.parts.state.noteStream(this.mapping.name, offset);
    return { ...place, streamed: offset };
  }

  private async publish(changes: readonly RowChange[], alive: () => Promise<void>): Promise<void> {
    if (changes.length === 0) return;
    await this.parts.rows.publish(this.mapping, this.captured, changes);
    for (const { captured, lsn } of changes) {
      if (captured !== null) this.known.add(captured);
      this.highestLsn = Math.max(this.highestLsn, lsn ?? 0);
    }
    for (const oldest of this.known) {
      if (this.known.size <= KNOWN) break;
      this.known.delete(oldest);
    }
    await alive();
  }

  /**
   * One that is older than those known and is not among them was sent before this process began: what follows it once more has to be taken again, or its old
   * state would be the last word.
   */
  private forgetWhatFollows({ lsn }: RowChange): void {
    if (lsn !== null && lsn < this.highestLsn) this.known.clear();
  }

  /** What was taken before, and everything that came of it, is in the log: taken again, an old state would stand there for a moment. */
  private isKnown({ captured }: RowChange): boolean {
    return captured !== null && this.known.has(captured);
  }
}

/** The first row of a snapshot behind a row of the stream, and one that the connector calls so. What is read again after a crash begins nothing anew. */
function beginsSnapshot({ inSnapshot, first, offset }: RowChange | Beat, { began, streamed }: SnapshotPlace): boolean {
  if (!inSnapshot) return false;
  return began === null || (first && offset > began) || (streamed !== null && offset > streamed);
}
