import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { EventOutcome, Problem, PublishAnswer, RejectedEvent, TextFinding } from '#lib/events';
import { type CheckedEvent, checkEvent } from './check/check-event.js';
import { Deadline } from './deadline.js';
import { EventLog } from './event-log.js';
import { OtherDoors } from './other-doors.js';
import { Rejections } from './rejections.js';
import { Sent, type SentBy } from './sent.js';
import type { Source } from './sources/source.js';
import { SubjectKeys } from './subject-keys.js';
import { UnderWay } from './under-way.js';

/** One event as a door took it in: any JSON value, with what JSON.parse alone would not have noticed. */
export interface SentEvent {
  event: unknown;
  findings: TextFinding[];
  /** It could not be read at all. */
  unreadable?: Problem;
  /** A sentence on where it was found, where nobody waits for an answer. */
  found?: string;
}

/** The one act all doors share: check what a source says, and put it into the log or refuse it with reasons. */
export class PublishEvents extends Command<PublishAnswer> {
  constructor(
    readonly source: Source,
    readonly sent: SentEvent[],
    /** `dryRun`: check everything, publish nothing, make no keys. */
    readonly how: Partial<SentBy> & { dryRun?: boolean } = {},
  ) {
    super();
  }
}

/** A bad event is refused alone: the others of its request are published, in the order they were sent. */
@CommandHandler(PublishEvents)
export class PublishEventsHandler implements ICommandHandler<PublishEvents> {
  constructor(
    private readonly keys: SubjectKeys,
    private readonly log: EventLog,
    private readonly doors: OtherDoors,
    private readonly rejections: Rejections,
    private readonly sent: Sent,
    private readonly underWay: UnderWay,
    private readonly deadline: Deadline,
  ) {}

  async execute(command: PublishEvents): Promise<PublishAnswer> {
    const { good, refused } = checkAll(command);
    if (command.how.dryRun) return this.deadline.keep(this.foretell(command, good, refused));
    const earlier = this.underWay.of(command.source.name);
    return this.underWay.add(command.source.name, this.deadline.keep(this.publish(command, good, refused, earlier)));
  }

  private async publish(command: PublishEvents, good: CheckedEvent[], refused: RejectedEvent[], earlier: Promise<void>) {
    const { left, doubted } = await this.withoutDoubted(command, good);
    const { keyed, erased } = await this.keys.of(left);
    const accepted = await this.log.append(keyed, earlier);
    const rejected = [...refused, ...doubted, ...erased];
    await this.rejections.publish(command, rejected);
    const answer = inOrder([...accepted, ...rejected]);
    const {
      source,
      how: { door, sender },
    } = command;
    if (door && sender) this.sent.note(source.name, { door, sender }, answer);
    return answer;
  }

  private async foretell(command: PublishEvents, good: CheckedEvent[], refused: RejectedEvent[]) {
    const { left, doubted } = await this.withoutDoubted(command, good);
    const erased = await this.keys.erasedAmong(left);
    const lost = new Set(erased.map(({ index }) => index));
    const valid = left.filter(({ index }) => !lost.has(index)).map(({ index }) => ({ index, status: 'valid' as const }));
    return inOrder([...valid, ...refused, ...doubted, ...erased]);
  }

  /** “We looked” is refused while what comes by another door of the source stands still, or has not come as far. */
  private async withoutDoubted(
    { source, how }: PublishEvents,
    good: CheckedEvent[],
  ): Promise<{ left: CheckedEvent[]; doubted: RejectedEvent[] }> {
    const looked = good.filter(({ event }) => event.type === 'SourceChecked');
    const completeTo = good.flatMap(({ event }) => (event.type === 'SourceChecked' ? [event.completeTo] : []));
    const problem = looked.length > 0 ? await this.doors.behind(source, how.door, Math.max(...completeTo)) : undefined;
    if (!problem) return { left: good, doubted: [] };
    const doubted = looked.map(({ index }) => ({ index, status: 'rejected' as const, problems: [problem] }));
    return { left: good.filter((one) => !looked.includes(one)), doubted };
  }
}

function checkAll({ source, sent }: PublishEvents): { good: CheckedEvent[]; refused: RejectedEvent[] } {
  const now = Date.now();
  const good: CheckedEvent[] = [];
  const refused: RejectedEvent[] = [];
  for (const [index, { event, findings, unreadable }] of sent.entries()) {
    const result = unreadable ? { problems: [unreadable] } : checkEvent(event, source, now, findings);
    if (result.event) good.push({ index, event: result.event });
    else refused.push({ index, status: 'rejected', problems: result.problems });
  }
  return { good, refused };
}

const inOrder = (outcomes: EventOutcome[]): PublishAnswer => ({ results: outcomes.sort((a, b) => a.index - b.index) });
