import type { WeLooked } from '../remembered/we-looked.js';
import type { Mapping, Table } from '../sources/mapping.js';
import type { FileCounts, ReceivedFile, Receipt, WhyNotComplete } from './received-file.js';
import type { ReceivedFiles } from './received-files.js';

type HowFar = Pick<Receipt, 'completeTo' | 'notComplete'>;

/**
 * After a file: “we looked, and this is how far we see”, as far as all tables of the source are known whole. A file with a refused row does not
 * say so: whoever stands in that row would read as “nothing found”.
 */
export class SayHowFar {
  constructor(
    private readonly files: ReceivedFiles,
    private readonly weLooked: WeLooked,
  ) {}

  /** @throws RetryableError */
  async after(
    mapping: Mapping,
    file: Pick<ReceivedFile, 'id' | 'table' | 'exportedAt' | 'receivedFrom'>,
    counts: FileCounts,
  ): Promise<HowFar> {
    if (counts.refused + counts.unreadable > 0) return notComplete('rows-refused');
    const known = await this.files.completeTo(mapping.name, file.id);
    if (known.get(file.table) !== file.exportedAt) return notComplete('changes-without-a-complete-file');
    const tables = Object.entries(mapping.tables).filter(([, table]) => tellsOfPeople(table));
    if (tables.some(([name]) => !known.has(name))) return notComplete('other-tables-missing');
    const position = Math.min(...tables.map(([name]) => known.get(name)!));
    const completeTo = new Date(position / 1000);
    const said = await this.weLooked.say(
      { door: 'csv', sender: file.receivedFrom },
      mapping,
      { epoch: mapping.epoch, position },
      completeTo,
    );
    if (!said) return notComplete('another-door-stands-still');
    return { completeTo: completeTo.toISOString(), notComplete: null };
  }
}

const tellsOfPeople = ({ person, involvement }: Table) => person !== undefined || involvement !== undefined;
const notComplete = (why: WhyNotComplete): HowFar => ({ completeTo: null, notComplete: why });
