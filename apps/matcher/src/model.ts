import { hash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { Sources } from '#lib/events';
import { DEFAULT_MODEL, loadMatchModel, type MatchModel, type MatchSettings } from '#lib/matching';

/**
 * Raised with every change of `libs/matching` that compares or finds records otherwise: what was decided by another is decided again.
 */
const RULES = 1;

/** Of an authority's settings, which of its sources' records ask for more before a join. */
const Settings = z.object({
  services: z.array(z.object({ service: z.string(), matchedWithCare: z.boolean().default(false) })),
  sources: Sources,
});

/** How this deployment matches. */
export interface Matching {
  /** Its version is the model's own with a digest of everything that decisions depend on: two that may differ never share it. */
  model: MatchModel;
  sensitiveSources: ReadonlySet<string>;
}

/** @param modelFile empty: the built-in model. @throws Error naming every mistake in either file */
export function openMatching({ modelFile, authorityFile }: { modelFile: string; authorityFile: string }): Matching {
  const settings = modelFile === '' ? DEFAULT_MODEL : (JSON.parse(readFileSync(modelFile, 'utf8')) as MatchSettings);
  const model = loadMatchModel(settings);
  const sensitiveSources = sensitiveSourcesIn(authorityFile);
  const digest = hash('sha256', JSON.stringify([RULES, settings, [...sensitiveSources].sort()]), 'hex').slice(0, 8);
  return { model: { ...model, version: `${model.version}+${digest}` }, sensitiveSources };
}

function sensitiveSourcesIn(file: string): Set<string> {
  const { success, data, error } = Settings.safeParse(JSON.parse(readFileSync(file, 'utf8')));
  if (!success) throw new Error(`The services or sources in ${file} are wrong:\n${z.prettifyError(error)}`);
  const services = new Set(data.services.filter(({ matchedWithCare }) => matchedWithCare).map(({ service }) => service));
  return new Set(data.sources.filter(({ service }) => services.has(service)).map(({ id }) => id));
}
