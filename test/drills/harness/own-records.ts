import { SourceEvent } from '#lib/events';
import type { SubjectKey } from '#lib/sealing';
import { Chronicle } from './chronicle.js';
import type { Scene } from './scene.js';

const SOURCES = ['mosaic', 'synergy', 'niche'];

/** A few records of a drill's own, beside those of the load, with their keys in hand: events can be sealed for them whatever the key store says. */
export class OwnRecords {
  private constructor(
    private readonly scene: Scene,
    private readonly name: string,
    private readonly each: number,
    private readonly keys: ReadonlyMap<string, SubjectKey>,
    private readonly chronicle: Chronicle,
  ) {}

  /** @param name what their ids begin with @param each so many of every source */
  static async open(scene: Scene, name: string, each: number): Promise<OwnRecords> {
    const records = SOURCES.flatMap((source) => Array.from({ length: each }, (_, at) => ({ source, recordId: `${name}-${at}` })));
    const keys = await scene.log.keys.subjectsFor(records);
    const byRecord = new Map(records.map(({ source, recordId }, at) => [`${source} ${recordId}`, keys[at]!]));
    return new OwnRecords(scene, name, each, byRecord, new Chronicle(scene.chance.fork(name)));
  }

  get subjects(): string[] {
    return [...this.keys.values()].map(({ subject }) => subject);
  }

  /**
   * Publishes so many events about them.
   * @param o.ownFacts about facts that only they share; otherwise records of the load have a share in them
   * @returns where each stands, `topic/partition/offset`
   */
  async publish(count: number, o: { ownFacts?: true } = {}): Promise<string[]> {
    const { scene } = this;
    const messages: { key: string; value: Buffer }[] = [];
    while (messages.length < count) {
      const sealed = this.sealed(this.chronicle.next(1)[0]!, o);
      if (sealed) messages.push(sealed);
    }
    const places: string[] = [];
    for (let at = 0; at < messages.length; at += 500)
      for (const { partition, offset } of await scene.log.publishRaw(messages.slice(at, at + 500)))
        places.push(`${scene.topics.involvementLog}/${partition}/${offset}`);
    return places;
  }

  private sealed(event: Record<string, unknown>, o: { ownFacts?: true }): { key: string; value: Buffer } | undefined {
    if (!('recordId' in event) || 'otherRecordId' in event || 'newRecordId' in event) return undefined;
    const { scene, name } = this;
    const recordId = `${name}-${scene.chance.int(0, this.each - 1)}`;
    event.recordId = recordId;
    if (o.ownFacts)
      for (const fact of ['involvementId', 'relationshipId']) if (fact in event) event[fact] = `${name}-${scene.chance.int(1, 20)}`;
    const key = this.keys.get(`${String(event.source)} ${recordId}`)!;
    return { key: key.subject, value: scene.log.sealed(SourceEvent.parse(event), key) };
  }
}
