import { Injectable, Logger, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common';
import { KeptOpinions } from './kept-opinions.js';
import { MatchMeasures } from './match-measures.js';
import { MatcherDoor } from './matcher-door.js';

const EVERY_MS = 20_000;

/**
 * Hands rulings over to the matcher, under the id they were kept by: however often that is done, and by however many, each arrives once and in its
 * order. What could not be handed over stays kept, and the next who looks, or the clock, does it.
 */
@Injectable()
export class HandOver implements OnModuleInit, OnModuleDestroy {
  private readonly logger = new Logger(HandOver.name);
  private timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly kept: KeptOpinions,
    private readonly matcher: MatcherDoor,
    private readonly measures: MatchMeasures,
  ) {}

  onModuleInit(): void {
    void this.lookAfter();
    this.timer = setInterval(() => void this.lookAfter(), EVERY_MS).unref();
  }

  onModuleDestroy(): void {
    clearInterval(this.timer);
  }

  /** @returns whether everything is handed over: not, while one of the two databases is away */
  async all(): Promise<boolean> {
    try {
      for (const ruling of await this.kept.toHandOver()) {
        await this.matcher.ask(ruling);
        await this.kept.noteHandedOver(ruling.id);
      }
      return true;
    } catch (error) {
      this.logger.warn(error, 'rulings of stewards wait to be handed over to the matcher');
      return false;
    }
  }

  private async lookAfter(): Promise<void> {
    await this.all();
    await this.matcher.waitingInAll().then(
      ({ pairs, since }) => this.measures.waiting(pairs, since),
      () => this.measures.notKnown(),
    );
  }
}
