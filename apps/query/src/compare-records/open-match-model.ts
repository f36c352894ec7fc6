import { readFileSync } from 'node:fs';
import { adaptSettings, DEFAULT_MODEL, loadMatchModel, type MatchModel, type MatchSettings } from '#lib/matching';

/** The model in this file; empty: the built-in one. Where the file lacks something, the matcher halts unless another model was approved. @throws Error */
export const openMatchModel = (file: string): MatchModel =>
  file === '' ? loadMatchModel(DEFAULT_MODEL) : approvedModel(readFileSync(file, 'utf8'));

/** A model that was approved, perhaps under another version of ours: read as the matcher reads it. @throws Error naming what can't be used */
export const approvedModel = (settings: string): MatchModel =>
  loadMatchModel(adaptSettings(JSON.parse(settings) as MatchSettings).settings);
