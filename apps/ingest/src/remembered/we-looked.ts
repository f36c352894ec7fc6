import type { CommandBus } from '@nestjs/cqrs';
import { PublishEvents } from '../publish-events.command.js';
import type { Reachable } from '../reachable.js';
import type { RowVersion } from '../rows/fact.js';
import type { Mapping } from '../sources/mapping.js';
import type { SentBy } from '../sent.js';
import type { Remembered } from './remembered.js';

/** “We looked, and this is how far we see”: said of every service of a source, with how much it holds. */
export class WeLooked {
  constructor(
    private readonly commands: CommandBus,
    private readonly remembered: Reachable<Remembered>,
  ) {}

  /**
   * @param completeTo until when everything the source knew is published by this door
   * @returns false where it was not said: something that comes by another door stands still @throws RetryableError
   */
  async say(by: SentBy, mapping: Mapping, version: RowVersion, completeTo: Date): Promise<boolean> {
    for (const service of mapping.services) if (!(await this.sayOf(by, mapping, service, version, completeTo.toISOString()))) return false;
    return true;
  }

  private async sayOf(by: SentBy, mapping: Mapping, service: Mapping['services'][number], version: RowVersion, completeTo: string) {
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
    const { results } = await this.commands.execute(new PublishEvents(mapping, [{ event, findings: [] }], by));
    const [said] = results;
    if (said?.status === 'rejected' && said.problems.some(({ rule }) => rule === 'other-doors-read')) return false;
    if (said?.status !== 'accepted') throw new Error('how far a source sees was refused');
    return true;
  }
}
