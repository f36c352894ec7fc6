import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import type { Java } from '../prerequisites.js';
import { SaidPlainly } from '../said-plainly.js';

/** Jars that one pom.xml names. */
export interface Parts {
  pom: string;
  /** As a sentence calls them. */
  called: string;
}

/** `kafka/` and `registry/`. */
const STACK: Parts = { pom: join('deploy', 'local', 'pom.xml'), called: 'Kafka and the registry' };
/** Beside the data, not in it: `--fresh` need not download again. Another pom.xml means another folder. */
const PARTS = join('.cache', 'parts');

/** Folder with the jars that a pom.xml names. */
export function partsFolder({ pom }: Parts = STACK): string {
  return join(PARTS, createHash('sha256').update(readFileSync(pom)).digest('hex').slice(0, 12));
}

/** Are they there already? */
export function partsAreThere(wanted: Parts = STACK): boolean {
  return existsSync(partsFolder(wanted));
}

/** Told of each file, says every ten seconds how many have come: of a hundred and more nobody reads the names. */
export function everyTenSeconds(say: (line: string) => void): () => void {
  let [files, saidAt] = [0, performance.now()];
  return () => {
    files += 1;
    if (performance.now() - saidAt < 10_000) return;
    saidAt = performance.now();
    say(`  ${files} files so far`);
  };
}

/** Fetches jars by Maven. @param onProgress called with each file as it comes. */
export async function fetchParts(java: Java, onProgress: (line: string) => void, wanted: Parts = STACK): Promise<void> {
  // Fetched beside its place and then renamed: a folder under its own name is never half there.
  const parts = `${partsFolder(wanted)}.${process.pid}`;
  const args = ['-B', '-f', wanted.pom, 'process-resources', `-Dparts=${resolve(parts)}`];
  const maven = spawn('mvn', args, { env: { ...process.env, JAVA_HOME: java.home }, stdio: ['ignore', 'pipe', 'pipe'] });
  const last: string[] = [];
  const read = (line: string) => {
    last.push(line);
    const downloaded = /^(?:\[INFO\] )?Downloaded from [^:]+: \S*\/(\S+) \(([^)]+)\)/.exec(line);
    if (downloaded) onProgress(`${downloaded[1]} (${downloaded[2]})`);
  };
  createInterface({ input: maven.stdout }).on('line', read);
  createInterface({ input: maven.stderr }).on('line', read);
  const code = await new Promise<number | null>((done) => maven.once('close', done).once('error', () => done(127)));
  if (code !== 0) {
    rmSync(parts, { recursive: true, force: true });
    const errors = last.filter((line) => line.includes('ERROR')).slice(0, 5);
    throw new SaidPlainly([`Maven could not fetch ${wanted.called} (is the network there?). It said:`, ...errors].join('\n  '));
  }
  if (partsAreThere(wanted)) rmSync(parts, { recursive: true, force: true });
  else renameSync(parts, partsFolder(wanted));
}
