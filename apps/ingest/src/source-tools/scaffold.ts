import { columnsOf } from '../rows/read-fields.js';
import { generic } from '../sources/generic.js';

/** What is asked of a new source. */
export interface NewSource {
  /** kebab-case: the word in its URL and token. */
  name: string;
  /** What practitioners call the system. */
  label: string;
  /** A code of the services. */
  service: string;
  /** When it began, YYYY-MM-DD. */
  from: string;
  area: string;
  rule: string;
}

const identifierOf = (name: string) => name.replaceAll(/-(.)/g, (_, letter: string) => letter.toUpperCase());
const quoted = (text: string) => `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;

/** The mapping of a new source: the generic one under its own name, to be changed column by column. @param genericText the text of `generic.ts` */
export function mappingOf({ name, label, service, from, area, rule }: NewSource, genericText: string): string {
  return genericText
    .replace(/\/\*\* Any system[^]*?\*\//, `/** ${label}. */`)
    .replace('export const generic: Mapping', `export const ${identifierOf(name)}: Mapping`)
    .replace("name: 'generic'", `name: ${quoted(name)}`)
    .replace("label: 'List of another service'", `label: ${quoted(label)}`)
    .replace("services: ['other']", `services: [${quoted(service)}]`)
    .replace(/coverage: \{[^}]*\}/, `coverage: { from: ${quoted(from)}, area: ${quoted(area)}, rule: ${quoted(rule)} }`)
    .replace("service: 'other'", `service: ${quoted(service)}`);
}

/** The spec beside it, from the generic one. */
export function specOf({ name, label, service }: NewSource, genericSpec: string): string {
  return genericSpec
    .replaceAll('generic.js', `${name}.js`)
    .replaceAll(/\bgeneric\b(?!:)/g, identifierOf(name))
    .replace('A list of any service', label.replaceAll("'", '’'))
    .replace("service: 'other'", `service: ${quoted(service)}`);
}

/** The list of mappings with the new one in it. */
export function listedIn({ name }: NewSource, sources: string): string {
  const identifier = identifierOf(name);
  return sources
    .replace(
      "import type { Mapping } from './mapping.js';",
      `import type { Mapping } from './mapping.js';\nimport { ${identifier} } from './${name}.js';`,
    )
    .replace('  generic,\n];', `  generic,\n  ${identifier},\n];`);
}

/** A file to begin with: the columns, and one made-up row. */
export function sampleOf(): string {
  const made: Record<string, string> = {
    'Person ID': 'P-1',
    'Last name': 'Baker',
    'First names': 'Ash',
    'Involvement ID': '1',
    Start: '01/02/2026',
  };
  const columns = [...new Set(columnsOf(generic.tables.involvements))];
  return `${columns.join(',')}\n${columns.map((column) => made[column] ?? '').join(',')}\n`;
}

/** The connector for a source that keeps its feed in PostgreSQL, should it come by its changes. @param mosaicText the text of the connector of the demo */
export const connectorOf = ({ name }: NewSource, mosaicText: string): string =>
  mosaicText
    .replaceAll('MOSAIC', name.toUpperCase().replaceAll('-', '_'))
    .replaceAll(/mosaic(?=_changes)/g, name.replaceAll('-', '_'))
    .replaceAll('mosaic', name);

/** What is left to do by hand. */
export function checklistOf({ name, label, service }: NewSource): string[] {
  return [
    `1. Change the columns in apps/ingest/src/sources/${name}.ts to those of ${label}; \`npm run source:check -- ${name} <file.csv>\` tells what is missing.`,
    `2. What makes an involvement the same one in every file (involvementId), how an end is recognised, and what it means that a row is gone (whenGone)?`,
    `3. Change its spec beside it until it shows rows as ${label} writes them: node deploy/test.js sources/${name}`,
    `4. Agree how often it comes and when silence alarms, and add it to the sources of deploy/authority/<authority>.json (id ${name}, name ${label}, service ${service}).`,
    `5. Make a client at the directory with the scope ingest:${name}, and one for a second person with approve:${name} (locally: name it in SOURCES of deploy/local/environment.ts).`,
    `6. By its own changes rather than by file: deploy/connect/${name}.json is its connector for PostgreSQL (deploy/connect/README.md says what is made at the source; for SQL Server or Oracle begin with a file of not-run). Else delete it.`,
    `7. Send the first file, read its preview together with somebody who knows the system, and confirm it (apps/ingest/README.md, "Files").`,
  ];
}
