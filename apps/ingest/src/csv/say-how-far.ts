import type { CommandBus } from '@nestjs/cqrs';
import { PublishEvents } from '../publish-events.command.js';
import type { Reachable } from '../reachable.js';
import type { Remembered } from '../remembered/remembered.js';
import type { Mapping, Table } from '../sources/mapping.js';
import type { FileCounts, Receipt, WhyNotComplete } from './received-file.js';
import type { ReceivedFiles } from './received-files.js';

type HowFar = Pick<Receipt, 'completeTo' | 'notComplete'>;

/**
 * After a file: “we looked, and this is how far we see”, as far as all tables of the source are known whole. A file with a refused row does not
 * say so: whoever stands in that row would read as “nothing found”.
 */
export class SayHowFar {
  constructor(
    private readonly files: ReceivedFiles,
    private readonly commands: CommandBus,
    private readonly remembered: Reachable<Remembered>,
  ) {}

  /** @throws RetryableError */
  async after(mapping: Mapping, file: { table: string; complete: boolean; exportedAt: number }, counts: FileCounts): Promise<HowFar> {
    if (counts.refused + counts.unreadable > 0) return notComplete('rows-refused');
    const known = await this.files.completeTo(mapping.name);
    if (!file.complete && !known.has(file.table)) return notComplete('changes-without-a-complete-file');
    known.set(file.table, file.exportedAt);
    const tables = Object.entries(mapping.tables).filter(([, table]) => tellsOfPeople(table));
    if (tables.some(([name]) => !known.has(name))) return notComplete('other-tables-missing');
    const position = Math.min(...tables.map(([name]) => known.get(name)!));
    const completeTo = new Date(position / 1000).toISOString();
    for (const service of mapping.services) await this.say(mapping, service, position, completeTo);
    return { completeTo, notComplete: null };
  }

  private async say(mapping: Mapping, service: Mapping['services'][number], position: number, completeTo: string): Promise<void> {
    const { epoch, name, coverage } = mapping;
    const remembered = await this.remembered.get();
    const [people, involvements] = await Promise.all([
      remembered.counts(name, { kind: 'person', service: null }),
      remembered.counts(name, { kind: 'involvement', service }),
    ]);
    const event = {
      type: 'SourceChecked',
      sourceVersion: { epoch, position },
      occurredAt: completeTo,
      service,
      completeTo,
      coversFrom: coverage.from,
      coversTo: coverage.to,
      area: coverage.area,
      recordsHeld: people.facts,
      openInvolvementsHeld: involvements.open,
    };
    const { results } = await this.commands.execute(new PublishEvents(mapping, [{ event, findings: [] }]));
    if (results[0]?.status !== 'accepted') throw new Error('how far a source sees was refused');
  }
}

const tellsOfPeople = ({ person, involvement }: Table) => person !== undefined || involvement !== undefined;
const notComplete = (why: WhyNotComplete): HowFar => ({ completeTo: null, notComplete: why });
