import type { CommandBus } from '@nestjs/cqrs';
import { PublishEvents } from '../publish-events.command.js';
import type { Reachable } from '../reachable.js';
import type { RowVersion } from '../rows/fact.js';
import type { Mapping } from '../sources/mapping.js';
import type { Remembered } from './remembered.js';

/** “We looked, and this is how far we see”: said of every service of a source, with how much it holds. */
export class WeLooked {
  constructor(
    private readonly commands: CommandBus,
    private readonly remembered: Reachable<Remembered>,
  ) {}

  /** @param completeTo until when everything the source knew is published. @throws RetryableError */
  async say(mapping: Mapping, version: RowVersion, completeTo: Date): Promise<void> {
    for (const service of mapping.services) await this.sayOf(mapping, service, version, completeTo.toISOString());
  }

  private async sayOf(mapping: Mapping, service: Mapping['services'][number], version: RowVersion, completeTo: string): Promise<void> {
    const { name, coverage } = mapping;
    const remembered = await this.remembered.get();
    const [people, involvements] = await Promise.all([
      remembered.counts(name, { kind: 'person', service: null }),
      remembered.counts(name, { kind: 'involvement', service }),
    ]);
    const event = {
      type: 'SourceChecked',
      sourceVersion: version,
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
