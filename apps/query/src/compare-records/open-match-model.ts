import { readFileSync } from 'node:fs';
import { DEFAULT_MODEL, loadMatchModel, type MatchModel, type MatchSettings } from '#lib/matching';

/** The model in this file; empty: the built-in one. @throws Error naming every mistake in it */
export const openMatchModel = (file: string): MatchModel =>
  loadMatchModel(file === '' ? DEFAULT_MODEL : (JSON.parse(readFileSync(file, 'utf8')) as MatchSettings));
