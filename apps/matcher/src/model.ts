import { hash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { CarefulServices, Sources, sourcesMatchedWithCare } from '#lib/events';
import { DEFAULT_MODEL, loadMatchModel, type MatchModel, type MatchSettings } from '#lib/matching';

/**
 * Raised with every change of `libs/matching` that compares or finds records otherwise: what was decided by another is decided again.
 */
const RULES = 2;

/** Of an authority's settings, which of its sources' records ask for more before a join. */
const Settings = z.object({ services: CarefulServices, sources: Sources });

/** How this deployment matches. */
export interface Matching {
  settings: MatchSettings;
  /** Its version is the model's own with a digest of everything that decisions depend on: two that may differ never share it. */
  model: MatchModel;
  sensitiveSources: ReadonlySet<string>;
}

/** @param modelFile empty: the built-in model. @throws Error naming every mistake in either file */
export function openMatching({ modelFile, authorityFile }: { modelFile: string; authorityFile: string }): Matching {
  const settings = modelFile === '' ? DEFAULT_MODEL : (JSON.parse(readFileSync(modelFile, 'utf8')) as MatchSettings);
  return matchingBy(settings, sensitiveSourcesIn(authorityFile));
}

/** @throws Error naming every mistake in the settings */
export function matchingBy(settings: MatchSettings, sensitiveSources: ReadonlySet<string>): Matching {
  const model = loadMatchModel(settings);
  const digest = hash('sha256', JSON.stringify([RULES, settings, [...sensitiveSources].sort()]), 'hex').slice(0, 8);
  return { settings, model: { ...model, version: `${model.version}+${digest}` }, sensitiveSources };
}

/** The model that was approved, where one was; the file has no say in it then. @param chosen its settings as JSON @throws Error naming every mistake in them */
export function chosenOr(ofThisProcess: Matching, chosen: string | undefined): Matching {
  return chosen === undefined ? ofThisProcess : matchingBy(JSON.parse(chosen) as MatchSettings, ofThisProcess.sensitiveSources);
}

function sensitiveSourcesIn(file: string): Set<string> {
  const { success, data, error } = Settings.safeParse(JSON.parse(readFileSync(file, 'utf8')));
  if (!success) throw new Error(`The services or sources in ${file} are wrong:\n${z.prettifyError(error)}`);
  return sourcesMatchedWithCare(data);
}
