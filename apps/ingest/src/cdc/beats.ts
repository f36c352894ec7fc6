import type { Logger } from '#lib/runtime';
import type { Digests } from '../remembered/digests.js';
import type { PublishFacts } from '../remembered/publish-facts.js';
import type { VanishedFacts } from '../remembered/vanished-facts.js';
import type { WeLooked } from '../remembered/we-looked.js';
import type { RowVersion } from '../rows/fact.js';
import type { Captured, Mapping } from '../sources/mapping.js';
import { BY_CONNECTOR } from './publish-rows.js';
import type { CaptureMeasures } from './capture-measures.js';
import type { CaptureState, Gone, PendingSnapshot } from './capture-state.js';
import type { Beat } from './read-change.js';

const GONE_AT_MOST = 0.1;
/** "We looked" is said into every partition, for ever: not with each beat. */
const SAID_EVERY_MS = 60_000;

export interface BeatsParts {
  state: CaptureState;
  vanished: VanishedFacts;
  facts: PublishFacts;
  digests: Digests;
  weLooked: WeLooked;
  measures: CaptureMeasures;
  logger: Logger;
}

/**
 * What a beat of a source's heart proves: everything committed there before has come, and a snapshot that had begun is whole. What that snapshot
 * does not hold is gone.
 */
export class Beats {
  private readonly saidAt = new Map<string, number>();

  constructor(private readonly parts: BeatsParts) {}

  /** @throws RetryableError */
  async take(mapping: Mapping, captured: Captured, beat: Beat, alive: () => Promise<void>): Promise<void> {
    const { state, measures } = this.parts;
    measures.hear(mapping.name, beat);
    if (beat.inSnapshot) return;
    await state.hear(mapping.name, beat.at);
    const pending = await state.pending(mapping.name);
    const snapshot = pending ? await this.compare(mapping, captured, pending, beat, alive) : 'compared';
    measures.hold(mapping.name, snapshot === 'held');
    const refused = await state.refusedRows(mapping.name);
    measures.refuse(mapping.name, refused);
    if (snapshot === 'compared' && refused === 0 && captured.covers === 'everything') await this.sayWeLooked(mapping, captured, beat);
  }

  private async sayWeLooked(mapping: Mapping, { epoch }: Captured, { at, offset }: Beat): Promise<void> {
    if (at.getTime() < (this.saidAt.get(mapping.name) ?? 0) + SAID_EVERY_MS) return;
    if (await this.parts.weLooked.say(BY_CONNECTOR, mapping, { epoch, position: offset }, at)) this.saidAt.set(mapping.name, at.getTime());
  }

  /** `held`: it waits for a person. `unnamed`: it waits until a refused row that nobody can name is right, or gone. */
  private async compare(mapping: Mapping, captured: Captured, pending: PendingSnapshot, beat: Beat, alive: () => Promise<void>) {
    const { state, logger } = this.parts;
    const { name: source } = mapping;
    if (pending.held && !pending.approved) return 'held';
    if (pending.unnamed) return 'unnamed';
    const tables = await this.count(source, captured, pending);
    if (tables.some((table) => isTooMuch(table, captured, pending))) {
      await state.hold(source, tables);
      logger.error({ source, tables }, 'a snapshot waits: more would disappear than is believed without a person');
      return 'held';
    }
    await this.takeBack(mapping, captured, pending, beat, alive);
    await state.endSnapshot(source);
    return 'compared';
  }

  private async count(source: string, captured: Captured, pending: PendingSnapshot): Promise<Gone[]> {
    const counted: Gone[] = [];
    for (const [table, mapped] of Object.entries(captured.tables))
      counted.push({ table, ...(await this.parts.vanished.count(source, mapped, (fact) => stillHolds(captured, pending, fact))) });
    return counted;
  }

  private async takeBack(mapping: Mapping, captured: Captured, pending: PendingSnapshot, beat: Beat, alive: () => Promise<void>) {
    const { vanished, facts, digests, logger } = this.parts;
    const version: RowVersion = { epoch: captured.epoch, position: beat.offset };
    let gone = 0;
    for (const table of Object.values(captured.tables))
      for await (const batch of vanished.facts(mapping, table, (fact) => stillHolds(captured, pending, fact), version, beat.at)) {
        await facts.publish(
          mapping,
          batch.map((fact) => digests.digested(mapping.name, fact)),
          BY_CONNECTOR,
        );
        gone += batch.length;
        await alive();
      }
    logger.info({ source: mapping.name, gone }, 'a snapshot was compared with what was published before');
  }
}

/** What a person has approved is just what they were shown, and no more. */
function isTooMuch({ table, gone, all }: Gone, { tables }: Captured, { held, approved }: PendingSnapshot): boolean {
  if (approved) return gone > (held?.find((shown) => shown.table === table)?.gone ?? 0);
  return gone > all * (tables[table]!.goneAtMost ?? GONE_AT_MOST);
}

/** Facts of other doors are this one's to take back only where everything comes by it. */
const stillHolds = ({ epoch, covers }: Captured, { from }: PendingSnapshot, fact: RowVersion): boolean =>
  fact.epoch === epoch ? fact.position >= from : covers === 'part';
