import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline/promises';
import { parseArgs } from 'node:util';
import { SERVICES } from '#lib/events';
import { checklistOf, connectorOf, listedIn, mappingOf, type NewSource, sampleOf, specOf } from './scaffold.js';

const CONNECTORS = join('deploy', 'connect');
const FOLDER = join('apps', 'ingest', 'src', 'sources');
const QUESTIONS: Record<keyof NewSource, [string, RegExp]> = {
  name: ['One word for its address, such as carefirst', /^[a-z][a-z0-9-]{1,40}$/],
  label: ['What practitioners call the system', /\S/],
  service: [`Its service (${Object.keys(SERVICES).join(', ')})`, new RegExp(`^(${Object.keys(SERVICES).join('|')})$`)],
  from: ['The first day it covers, YYYY-MM-DD', /^\d{4}-\d{2}-\d{2}$/],
  area: ['The area it covers', /\S/],
  rule: ['In one sentence: who is in it, and who is left out', /^\p{Lu}.+\.$/u],
};

/** Each question is answered by an option (`--name carefirst`) or at the terminal. */
async function answers(): Promise<NewSource> {
  const names = Object.keys(QUESTIONS) as (keyof NewSource)[];
  const { values } = parseArgs({ options: Object.fromEntries(names.map((name) => [name, { type: 'string' as const }])) });
  const terminal = process.stdin.isTTY ? createInterface({ input: process.stdin, output: process.stdout }) : undefined;
  const found: Partial<NewSource> = {};
  for (const name of names) {
    const [question, fits] = QUESTIONS[name];
    let answer = values[name] ?? (await terminal?.question(`${question}: `)) ?? '';
    while (!fits.test(answer)) {
      if (!terminal) throw new RangeError(`--${name}: ${question}`);
      answer = await terminal.question(`${question}: `);
    }
    found[name] = answer;
  }
  terminal?.close();
  return found as NewSource;
}

try {
  const source = await answers();
  const write = {
    mapping: join(FOLDER, `${source.name}.ts`),
    spec: join(FOLDER, `${source.name}.spec.ts`),
    connector: join(CONNECTORS, `${source.name}.json`),
    sample: `${source.name}.csv`,
  };
  const taken = Object.values(write).find((path) => existsSync(path));
  if (taken) throw new RangeError(`${taken} is there already.`);
  const text = (name: string) => readFileSync(join(FOLDER, name), 'utf8');
  writeFileSync(write.mapping, mappingOf(source, text('generic.ts')));
  writeFileSync(write.spec, specOf(source, text('generic.spec.ts')));
  writeFileSync(join(FOLDER, 'sources.ts'), listedIn(source, text('sources.ts')));
  writeFileSync(write.connector, connectorOf(source, readFileSync(join(CONNECTORS, 'mosaic.json'), 'utf8')));
  writeFileSync(write.sample, sampleOf());
  console.log(`Written: ${Object.values(write).join(', ')}\n\n${checklistOf(source).join('\n')}`);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
