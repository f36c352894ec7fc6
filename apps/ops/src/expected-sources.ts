import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { CarefulServices, Owner, type Source, Sources, sourcesMatchedWithCare } from '#lib/events';
import { readSettings, settings } from '#lib/runtime';
import { opsEnvironment } from './environment.js';

/** As much of the authority's settings as operations need; the query service checks the whole file. */
const Authority = z.object({ sources: Sources, services: CarefulServices.default([]), dataAnalysts: z.object(Owner.shape).optional() });

/** What is agreed with each source, in the order of the settings; none where there is no such file here. */
export const expectedSources = (): Source[] => authorityHere()?.sources ?? [];

/** Whom a problem goes to that neither owner of a source answers. */
export const dataAnalysts = (): z.output<typeof Owner> | undefined => authorityHere()?.dataAnalysts;

/** Sources of services that ask for more before two records are joined. */
export function carefulSources(): ReadonlySet<string> {
  const authority = authorityHere();
  return authority ? sourcesMatchedWithCare(authority) : new Set();
}

function authorityHere(): z.output<typeof Authority> | undefined {
  const { authorityFile } = readSettings({ authorityFile: settings.authorityFile }, opsEnvironment());
  let text: string;
  try {
    text = readFileSync(authorityFile, 'utf8');
  } catch {
    return undefined;
  }
  return Authority.parse(JSON.parse(text));
}
