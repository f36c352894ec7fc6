import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { type Source as Agreed, Sources } from '#lib/events';
import type { Mapping } from './mapping.js';

/** As much of the authority's settings as ingest needs; the query service checks the whole file. */
const Authority = z.object({ sources: Sources });

/** The sources this authority has: each is agreed in its settings, and mapped here. */
export class SourcesInUse {
  constructor(readonly all: readonly Mapping[]) {}

  named(name: string): Mapping | undefined {
    return this.all.find((mapping) => mapping.name === name);
  }

  /** Reads the authority's settings. @throws SourcesError naming everything the settings and the mappings contradict each other in */
  static agreedIn(file: string, mappings: readonly Mapping[]): SourcesInUse {
    const { sources } = Authority.parse(JSON.parse(readFileSync(file, 'utf8')));
    const found = sources.map((agreed) => ({ agreed, mapping: mappings.find(({ name }) => name === agreed.id) }));
    const contradictions = found.flatMap(({ agreed, mapping }) => contradictionsOf(agreed, mapping));
    if (contradictions.length > 0) throw new SourcesError(contradictions);
    return new SourcesInUse(found.map(({ mapping }) => mapping!));
  }
}

/** The settings of the authority and the mappings do not fit together. */
export class SourcesError extends Error {
  readonly code = 'sources-contradict';
  readonly retriable = false;
  constructor(readonly contradictions: readonly string[]) {
    super(`The settings of the authority and the mappings do not fit together:\n${contradictions.map((one) => `  - ${one}`).join('\n')}`);
    this.name = 'SourcesError';
  }
}

function contradictionsOf({ id, name, service }: Agreed, mapping: Mapping | undefined): string[] {
  if (!mapping) return [`source ${id} has no mapping: npm run source:new makes one`];
  return [
    ...(mapping.label === name ? [] : [`source ${id} is called ${name} in the settings and ${mapping.label} in its mapping`]),
    ...(mapping.services.includes(service) ? [] : [`source ${id} belongs to ${service}, of which its mapping does not speak`]),
  ];
}
