import type { Change } from './copied-engine.js';

/** A mistake somebody could make, as one change of the compiled text. */
export interface Breakage extends Change {
  what: string;
  /** Drills that must notice. */
  noticedBy: string[];
}
