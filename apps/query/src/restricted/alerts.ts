import { Injectable, Logger } from '@nestjs/common';
import { Decided } from '../decided.js';
import type { Asker } from '../sign-in/reader.js';
import { OverrideMeasures } from './override-measures.js';

/** Tells at once that a restricted record is opened: a row for officers, a count for whoever watches, a line in the log. None but the row says whose. */
@Injectable()
export class Alerts {
  private readonly logger = new Logger(Alerts.name);
  constructor(
    private readonly decided: Decided,
    private readonly measures: OverrideMeasures,
  ) {}

  /** @throws ReadModelUnavailable where the row can't be written: then the record stays closed */
  async raise(asker: Asker, person: string): Promise<void> {
    const id = await this.decided.alert(asker, person);
    this.measures.overridden();
    this.logger.warn(`a restricted record is opened past its restriction: alert ${id}, request ${asker.requestId}`);
  }
}
