import type { Digests } from '../remembered/digests.js';
import type { FactOutcome, PublishFacts } from '../remembered/publish-facts.js';
import { aFewAtOnce } from './a-few-at-once.js';
import { Counting } from './counts.js';
import { FileRead, type FileToRead, readFile } from './read-file.js';
import type { FileCounts } from './received-file.js';
import type { VanishedFacts } from '../remembered/vanished-facts.js';

/** Each fact stands in one batch alone, and what is said of different facts needs no order. */
const AT_ONCE = 4;

/** Publishes what a file says that was not published yet, and what it says by silence. */
export class PublishFile {
  constructor(
    private readonly facts: PublishFacts,
    private readonly vanished: VanishedFacts,
    private readonly digests: Digests,
  ) {}

  /**
   * Safe to do again after it was broken off.
   * @param o.resumed it was begun before: what that try has published counts as published
   * @throws RetryableError
   */
  async publish(
    file: FileToRead,
    { complete, resumed, sender }: { complete: boolean; resumed: boolean; sender: string },
  ): Promise<{ counts: FileCounts; published: number }> {
    const { mapping, table, version } = file;
    const [read, counting] = [new FileRead(), new Counting()];
    const by = { door: 'csv', sender } as const;
    let published = 0;
    const note = ({ change, published: taken, again, problems }: FactOutcome) => {
      if (problems.some(({ rule }) => rule === 'record-erased')) counting.erased += 1;
      else if (problems.length > 0) counting.refusedLater += 1;
      else counting.of[change] += 1;
      if (taken || (again && resumed)) published += 1;
    };
    await aFewAtOnce(readFile(file, this.digests, read), AT_ONCE, async (batch) => {
      (await this.facts.publish(mapping, batch, by)).forEach(note);
    });
    if (complete && read.unnamed === 0) {
      for await (const batch of this.vanished.facts(mapping, table, ({ fact }) => read.seen.has(fact), version)) {
        const outcomes = await this.facts.publish(
          mapping,
          batch.map((fact) => this.digests.digested(mapping.name, fact)),
          by,
        );
        const taken = outcomes.filter((outcome) => outcome.published).length;
        counting.disappeared += taken;
        published += taken;
      }
    }
    return { counts: counting.counts(read), published };
  }
}
