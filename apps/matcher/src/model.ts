import { hash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { CarefulServices, Sources, sourcesMatchedWithCare } from '#lib/events';
import { adaptSettings, DEFAULT_MODEL, loadMatchModel, type MatchModel, type MatchSettings } from '#lib/matching';

/**
 * Raised with every change of `libs/matching` that compares or finds records otherwise, or keeps something else of them: what was decided by another is decided again.
 */
const RULES = 5;

/** Of an authority's settings, which of its sources' records ask for more before a join. */
const Settings = z.object({ services: CarefulServices, sources: Sources });

/** What this process was started with. Its file says how to match until a model is approved, and has no say then. */
export interface MatchingAtStart {
  modelFile: string;
  sensitiveSources: ReadonlySet<string>;
}

/** How this deployment matches. */
export interface Matching {
  settings: MatchSettings;
  /** What this version of ours reads otherwise than the settings say, which another version has approved. */
  adapted: readonly string[];
  /** Its version is the model's own with a digest of everything that decisions depend on: two that may differ never share it. */
  model: MatchModel;
  sensitiveSources: ReadonlySet<string>;
}

/** @throws Error naming every mistake in the authority's file */
export function openMatching({ modelFile, authorityFile }: { modelFile: string; authorityFile: string }): MatchingAtStart {
  return { modelFile, sensitiveSources: sensitiveSourcesIn(authorityFile) };
}

/** @throws Error naming every mistake in the settings */
export function matchingBy(stated: MatchSettings, sensitiveSources: ReadonlySet<string>): Matching {
  const { settings, adapted } = adaptSettings(stated);
  const model = loadMatchModel(settings);
  // Of the settings as they are read: another version that reads them otherwise makes another model of them.
  const digest = hash('sha256', JSON.stringify([RULES, settings, [...sensitiveSources].sort()]), 'hex').slice(0, 8);
  return { settings: stated, adapted, model: { ...model, version: `${model.version}+${digest}` }, sensitiveSources };
}

/** By the file alone, in which nothing may be lacking. @throws Error naming every mistake in it */
export function matchingByFile({ modelFile, sensitiveSources }: MatchingAtStart): Matching {
  const settings = modelFile === '' ? DEFAULT_MODEL : (JSON.parse(readFileSync(modelFile, 'utf8')) as MatchSettings);
  loadMatchModel(settings);
  return matchingBy(settings, sensitiveSources);
}

/** The model that was approved, where one was. @param chosen its settings as JSON @throws Error naming every mistake in them */
export function chosenOr(atStart: MatchingAtStart, chosen: string | undefined): Matching {
  return chosen === undefined ? matchingByFile(atStart) : matchingBy(JSON.parse(chosen) as MatchSettings, atStart.sensitiveSources);
}

function sensitiveSourcesIn(file: string): Set<string> {
  const { success, data, error } = Settings.safeParse(JSON.parse(readFileSync(file, 'utf8')));
  if (!success) throw new Error(`The services or sources in ${file} are wrong:\n${z.prettifyError(error)}`);
  return sourcesMatchedWithCare(data);
}
