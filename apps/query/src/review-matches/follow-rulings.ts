import { Injectable, Logger } from '@nestjs/common';
import { KeptRulings } from './kept-rulings.js';
import { MatchMeasures } from './match-measures.js';
import { MatcherDoor } from './matcher-door.js';

/**
 * Follows rulings that were handed over until they are in the log. What was lost with the matcher's database is asked for again under the id it was kept by, but
 * for what a later ruling about the pair has overtaken, of a steward or by hand.
 */
@Injectable()
export class FollowRulings {
  private readonly logger = new Logger(FollowRulings.name);

  constructor(
    private readonly kept: KeptRulings,
    private readonly matcher: MatcherDoor,
    private readonly measures: MatchMeasures,
  ) {}

  async all(): Promise<void> {
    try {
      await this.follow();
    } catch (error) {
      this.logger.warn(error, 'what became of rulings of stewards could not be asked');
    }
    try {
      this.measures.unfollowed(await this.kept.unfollowed());
    } catch (error) {
      this.logger.warn(error, 'rulings of stewards that wait could not be counted');
      this.measures.unfollowed(null);
    }
  }

  private async follow(): Promise<void> {
    const rulings = await this.kept.toFollow();
    if (rulings.length === 0) return;
    const became = new Map((await this.matcher.becameOf(rulings)).map((one) => [one.id, one]));
    const lost = rulings.filter(({ id }) => became.get(id)?.lost);
    // Whether it is the last is looked up again: what was taken back meanwhile would come after the take-back.
    for (const ruling of lost.filter(({ last }) => last)) if (await this.kept.isLast(ruling)) await this.matcher.ask(ruling);
    const overtaken = lost.filter(({ last }) => !last);
    const settled = [...overtaken, ...rulings.filter(({ id }) => became.get(id)?.inLog || became.get(id)?.overruled)];
    if (settled.length > 0) await this.kept.noteFollowed(settled.map(({ id }) => id));
  }
}
