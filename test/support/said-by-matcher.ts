import { type IdentityDecision, topicsOf } from '#lib/events';
import { LogCodec } from '#lib/kafka';
import { eventually } from './eventually.js';
import { readLog } from './read-log.js';

export interface SaidDecision {
  partition: number;
  offset: number;
  key: string | null;
  /** As it stands in the log. */
  value: Buffer;
  decision: IdentityDecision;
}

/** What `identity-log` says: every decision in its place, and what follows from the highest numbers. */
export class SaidByMatcher {
  /** The person of each record. */
  readonly people = new Map<string, string>();
  readonly reasons = new Map<string, string>();
  /** Retired person ids and where to look instead. */
  readonly redirects = new Map<string, string>();

  private constructor(readonly all: SaidDecision[]) {
    for (const { decision } of all.toSorted((a, b) => a.decision.decision - b.decision.decision)) {
      if (decision.type === 'PersonRetired') this.redirects.set(decision.person, decision.into);
      if (decision.type !== 'RecordAssigned') continue;
      this.people.set(decision.subject, decision.person);
      this.reasons.set(decision.subject, decision.reason);
    }
  }

  static async read(env: Record<string, string>): Promise<SaidByMatcher> {
    const codec = await LogCodec.open({ registryUrl: env.REGISTRY_URL!, cacheDir: env.CACHE_DIR! });
    const messages = await readLog(env.KAFKA_BROKERS!, topicsOf(env.TOPIC_PREFIX).identityLog);
    await codec.prepare(messages.map(({ value }) => value));
    return new SaidByMatcher(messages.map((message) => ({ ...message, decision: codec.decodeDecision(message.value) })));
  }

  /** How many different people these records are, and that each of them is known. */
  peopleAmong(subjects: string[]): number | undefined {
    const people = subjects.map((subject) => this.people.get(subject));
    return people.includes(undefined) ? undefined : new Set(people).size;
  }

  /** Whether every partition of `identity-log` says that the place in `involvement-log` is decided. */
  covers({ partition, offset }: { partition: number; offset: number }, identityPartitions = 4): boolean {
    const upTo = new Map<number, number>();
    for (const { partition: said, decision } of this.all) {
      if (decision.type !== 'MatchedUpTo') continue;
      upTo.set(said, Math.max(upTo.get(said) ?? 0, decision.offsets.find((one) => one.partition === partition)?.offset ?? 0));
    }
    return upTo.size === identityPartitions && [...upTo.values()].every((reached) => reached > offset);
  }
}

/** What the matcher has said once it says that it has decided on all of these places of the log. */
export function saidAfter(env: Record<string, string>, places: readonly { partition: number; offset: number }[]): Promise<SaidByMatcher> {
  return eventually(
    'everything was decided',
    async () => {
      const said = await SaidByMatcher.read(env);
      return places.every((place) => said.covers(place)) && said;
    },
    { within: 20_000 },
  );
}
