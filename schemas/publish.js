/**
 * Records each schema's current text under `schemas/history/<event>/<sha256>.avsc`, byte for byte. The history only grows.
 * Refuses a text that could not be read with, or could not read, every version before it (FULL_TRANSITIVE).
 */
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import avro from 'avsc';

const here = import.meta.dirname;
const typeOf = (text) => avro.Type.forSchema(JSON.parse(text), { registry: {} });
const read = (path) => readFileSync(path, 'utf8');

let refused = 0;
for (const file of readdirSync(here).filter((name) => name.endsWith('.avsc'))) {
  const text = read(join(here, file));
  const folder = join(here, 'history', basename(file, '.avsc'));
  const version = join(folder, `${createHash('sha256').update(text).digest('hex')}.avsc`);
  if (existsSync(version)) continue;
  mkdirSync(folder, { recursive: true });
  const broken = readdirSync(folder).flatMap((earlier) => whyIncompatible(text, read(join(folder, earlier)), earlier));
  if (broken.length === 0) writeFileSync(version, text);
  refused += broken.length;
  process.stdout.write(broken.length === 0 ? `recorded ${file}\n` : `refused ${file}: ${broken.join('; ')}\n`);
}
process.exitCode = refused === 0 ? 0 : 1;

/** Both directions: new events must be readable by readers of the earlier version, and the other way round. */
function whyIncompatible(text, earlierText, name) {
  try {
    typeOf(earlierText).createResolver(typeOf(text));
    typeOf(text).createResolver(typeOf(earlierText));
    return [];
  } catch (error) {
    return [`incompatible with ${name}: ${error.message}`];
  }
}
