import fc from 'fast-check';
import type { IdentityDecision, Service, SourceEventInput } from '#lib/events';
import { Random } from '../../../apps/demo/src/random.js';
import { anyEvent } from '../../support/any-event.js';

const SOURCES: Record<string, Service> = { mosaic: 'childrens-social-care', synergy: 'school', niche: 'police' };
const SAMPLES = 150;
/** How far a late event may be behind, counted in events. */
const LATEST = 200;

/**
 * What sources say during a drill, for ever and from a seed: every kind of event with every field of the contract, about few records and few
 * facts, so that facts change, move from record to record and arrive after newer ones.
 */
export class Chronicle {
  private readonly samples: Map<string, SourceEventInput[]>;
  private said = 0;
  private decided = 0;

  constructor(
    private readonly chance: Random,
    private readonly records = 40,
  ) {
    const seed = chance.int(0, 2 ** 30);
    const sampled = Object.entries(SOURCES).map(
      ([source, service]) => [source, fc.sample(anyEvent(service), { numRuns: SAMPLES, seed })] as const,
    );
    this.samples = new Map(sampled);
  }

  next(count: number): SourceEventInput[] {
    return Array.from({ length: count }, () => this.event());
  }

  /** Decisions about some of these records, each numbered. */
  decide(subjects: readonly string[]): IdentityDecision[] {
    return subjects.map((subject): IdentityDecision => {
      const decision = (this.decided += 1);
      const kind = this.chance.next();
      if (kind < 0.1) return { type: 'PersonRetired', decision, person: this.person(), into: this.person() };
      if (kind < 0.2) return { type: 'MatchedUpTo', decision, offsets: [{ partition: this.chance.int(0, 3), offset: this.said }] };
      return { type: 'RecordAssigned', decision, subject, person: this.person(), reason: 'drill', modelVersion: '1' };
    });
  }

  private person(): string {
    return `${String(this.chance.int(1, this.records)).padStart(8, '0')}-1111-1111-1111-111111111111`;
  }

  private event(): SourceEventInput {
    this.said += 1;
    const source = this.chance.pick([...this.samples.keys()]);
    const event = structuredClone(this.chance.pick(this.samples.get(source)!)) as SourceEventInput & Record<string, unknown>;
    const late = this.chance.chance(0.2) ? this.chance.int(1, LATEST) : 0;
    event.source = source;
    event.sourceVersion = { epoch: 1, position: Math.max(0, this.said - late) * 1000 + this.chance.int(0, 999) };
    if ('recordId' in event) event.recordId = `R-${this.chance.int(1, this.records)}`;
    if ('involvementId' in event) event.involvementId = `I-${this.chance.int(1, this.records * 3)}`;
    if ('relationshipId' in event) event.relationshipId = `L-${this.chance.int(1, this.records * 2)}`;
    for (const other of ['newRecordId', 'otherRecordId']) if (other in event) event[other] = `R-${this.records + this.chance.int(1, 9)}`;
    return event;
  }
}
