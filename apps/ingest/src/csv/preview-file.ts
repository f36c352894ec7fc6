import type { Changes } from '../remembered/changes.js';
import type { Digests } from '../remembered/digests.js';
import type { RowProblem } from '../rows/fact.js';
import { aFewAtOnce } from './a-few-at-once.js';
import { Counting } from './counts.js';
import { FileRead, type FileToRead, readFile } from './read-file.js';
import type { Preview, WhySecond } from './received-file.js';
import type { VanishedFacts } from '../remembered/vanished-facts.js';

const GONE_AT_MOST = 0.1;
/** One is compared while the next is read. */
const AT_ONCE = 2;

/** What a file would do, compared with what is remembered: what files and captured tables have told, and not what came over HTTP or Kafka. Publishes nothing, and makes no keys. */
export class PreviewFile {
  constructor(
    private readonly changes: Changes,
    private readonly vanished: VanishedFacts,
    private readonly digests: Digests,
  ) {}

  /** @param complete whether the file says everything its table knows. @throws RetryableError */
  async of(file: FileToRead, complete: boolean): Promise<{ preview: Preview; problems: RowProblem[] }> {
    const [read, counting] = [new FileRead(), new Counting()];
    await aFewAtOnce(readFile(file, this.digests, read), AT_ONCE, async (batch) => {
      for (const { change } of await this.changes.of(file.mapping.name, batch)) counting.of[change] += 1;
    });
    const looks = complete && read.refusal === undefined;
    const nothingDisappears = looks && read.unnamed > 0;
    const { gone, all } =
      looks && !nothingDisappears
        ? await this.vanished.count(file.mapping.name, file.table, ({ fact }) => read.seen.has(fact))
        : { gone: 0, all: 0 };
    counting.disappeared = gone;
    const preview: Preview = {
      refusal: read.refusal ?? null,
      counts: counting.counts(read),
      taken: read.header?.taken ?? [],
      unread: read.header?.unread ?? 0,
      unreadNames: read.header?.unreadNames ?? [],
      dates: read.dates.unproved,
      shortIds: read.shortIds.filledUp,
      problems: read.problems.count,
      couldDisappear: all,
      disappearingShare: all === 0 ? 0 : gone / all,
      nothingDisappears,
      needsSecond: looks ? whySecond(file, read, gone, all) : [],
    };
    return { preview, problems: read.problems.told };
  }
}

function whySecond({ table }: FileToRead, { rows }: FileRead, gone: number, all: number): WhySecond[] {
  return [
    ...(gone > all * (table.goneAtMost ?? GONE_AT_MOST) ? ['many-disappear' as const] : []),
    ...(rows < table.atLeast ? ['few-rows' as const] : []),
  ];
}
