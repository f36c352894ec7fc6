import type { Change } from './copied-engine.js';

/** A mistake somebody could make, as a change of the compiled text. */
export interface Breakage extends Change {
  what: string;
  /** Changed as well, where one place covers for another. */
  also?: readonly Change[];
  /** Drills that must notice. */
  noticedBy: string[];
}
