import { Injectable, Logger } from '@nestjs/common';
import { KeptRulings } from './kept-rulings.js';
import { MatcherDoor } from './matcher-door.js';

/**
 * Hands rulings over to the matcher, under the id they were kept by: however often that is done, and by however many, each arrives once and in its
 * order. What could not be handed over stays kept, and the next who looks, or the clock, does it.
 */
@Injectable()
export class HandOver {
  private readonly logger = new Logger(HandOver.name);

  constructor(
    private readonly kept: KeptRulings,
    private readonly matcher: MatcherDoor,
  ) {}

  async all(): Promise<void> {
    try {
      for (const ruling of await this.kept.toHandOver()) {
        await this.matcher.ask(ruling);
        await this.kept.noteHandedOver(ruling.id);
      }
    } catch (error) {
      this.logger.warn(error, 'rulings of stewards wait to be handed over to the matcher');
    }
  }
}
