import type { Breakage } from './breakage.js';
import { MATCHER_BREAKAGES } from './broken-matcher.js';
import { PROJECTOR_BREAKAGES } from './broken-projector.js';
import { copiedEngine } from './copied-engine.js';

export const BREAKAGES: Record<string, Breakage> = { ...PROJECTOR_BREAKAGES, ...MATCHER_BREAKAGES };

/** Copies the compiled engine beside dist and makes the mistake there. @returns the folder to run instead of dist */
export function brokenEngine(name: string): string {
  const breakage = BREAKAGES[name];
  if (!breakage) throw new Error(`--break takes ${Object.keys(BREAKAGES).join(', ')}, not ${name}`);
  return copiedEngine(`broken-${name}`, [breakage, ...(breakage.also ?? [])]);
}
