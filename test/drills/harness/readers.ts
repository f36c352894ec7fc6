import { setTimeout as pause } from 'node:timers/promises';
import { asMachine, sayWhyAsMachine } from '../../support/tokens.js';
import { madeUpName, name, type StoredPeople } from '../../support/stored-people.js';

const AT_ONCE = 3;
const PAUSE_MS = 5;

interface Answered {
  generation: number;
  result: unknown;
}

/**
 * Ask for one person all the time over REST. The person stands in each generation by another name and under another team, written by hand, so an
 * answer made of two would show.
 */
export class Readers {
  answers = 0;
  /** Generations that answers came from. */
  readonly seen = new Set<number>();
  private problem: string | undefined;
  private stopping = false;
  private readonly running: Promise<unknown>;

  private constructor(
    private readonly url: string,
    private readonly marks: ReadonlyMap<number, string>,
    private readonly takeAway: () => Promise<unknown>,
  ) {
    this.running = Promise.all(Array.from({ length: AT_ONCE }, () => this.run()));
    // Told by stop().
    this.running.catch(() => undefined);
  }

  /** @param url of the query service @param generations each opened on its own schema */
  static async start(url: string, generations: readonly StoredPeople[]): Promise<Readers> {
    const subject = '00000000-0000-4000-8000-00000000d811';
    const person = '00000000-0000-4000-8000-00000000d812';
    const marks = new Map<number, string>();
    for (const people of generations) {
      const mark = madeUpName();
      marks.set(Number(people.schema.replace('read_', '')), mark);
      await people.record({ subject, person, recordId: 'marked', names: [name(mark, mark)] });
      await people.involvement(subject, { involvementId: 'marked', team: mark, service: 'childrens-social-care' });
    }
    const takeAway = async () => {
      for (const { pool, schema } of generations)
        for (const table of ['record', 'record_person', 'assigned_once', 'involvement'])
          await pool.query(`DELETE FROM ${schema}.${table} WHERE subject = $1`, [subject]);
    };
    await sayWhyAsMachine(url, person);
    return new Readers(`${url}/v1/people/${person}`, marks, takeAway);
  }

  /** Takes away what was written by hand. @throws Error where an answer was of two generations, or of another than it says */
  async stop(): Promise<void> {
    this.stopping = true;
    await this.running;
    await this.takeAway();
    if (this.problem) throw new Error(this.problem);
  }

  private async run(): Promise<void> {
    while (!this.stopping) {
      for (const rest of ['', '/services/childrens-social-care']) {
        const response = await fetch(`${this.url}${rest}`, { headers: await asMachine() });
        const text = await response.text();
        if (response.status !== 200) this.problem ??= `a reader was answered ${response.status}: ${text.slice(0, 200)}`;
        else this.look(JSON.parse(text) as Answered);
      }
      await pause(PAUSE_MS);
    }
  }

  private look({ generation, result }: Answered): void {
    this.answers += 1;
    this.seen.add(generation);
    const text = JSON.stringify(result).toLowerCase();
    const of = [...this.marks].filter(([, mark]) => text.includes(mark.toLowerCase())).map(([id]) => id);
    if (of.join() !== String(generation))
      this.problem ??= `an answer that names generation ${generation} is made of ${of.join(' and ') || 'neither'}`;
  }
}
