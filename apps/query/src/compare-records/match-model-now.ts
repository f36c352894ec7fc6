import type { MatchModel } from '#lib/matching';
import { approvedModel } from './open-match-model.js';

/** Whoever knows which model was switched to last: its settings as JSON; null where none ever was. */
export interface ModelChooser {
  chosenModel(): Promise<string | null>;
}

const KEPT_MS = 30_000;

/** The model that people are matched by: the one that was switched to last, else the one of the settings. While nobody can be asked, as last known. */
export class MatchModelNow {
  private askedAt = -Infinity;
  private chosen: { settings: string; model: MatchModel } | null = null;

  constructor(
    private readonly ofSettings: MatchModel,
    private readonly chooser: ModelChooser,
    private readonly onTrouble: (error: unknown) => void,
    private readonly now: () => number = () => performance.now(),
  ) {}

  async read(): Promise<MatchModel> {
    if (this.now() - this.askedAt > KEPT_MS) {
      this.askedAt = this.now();
      await this.ask();
    }
    return this.chosen?.model ?? this.ofSettings;
  }

  private async ask(): Promise<void> {
    try {
      const settings = await this.chooser.chosenModel();
      if (settings === this.chosen?.settings) return;
      this.chosen = settings === null ? null : { settings, model: approvedModel(settings) };
    } catch (error) {
      this.onTrouble(error);
    }
  }
}
