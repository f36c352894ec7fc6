import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import type { Java } from '../prerequisites.js';
import { SaidPlainly } from '../said-plainly.js';

const POM = join('deploy', 'local', 'pom.xml');
/** Beside the data, not in it: `--fresh` need not download again. Another pom.xml means another folder. */
const PARTS = join('.cache', 'parts');

/** Folder with the jars that pom.xml names: `kafka/` and `registry/`. */
export function partsFolder(): string {
  return join(PARTS, createHash('sha256').update(readFileSync(POM)).digest('hex').slice(0, 12));
}

/** Are they there already? */
export function partsAreThere(): boolean {
  return existsSync(partsFolder());
}

/** Fetches the jars of Kafka and the registry by Maven. @param onProgress called with each file as it comes. */
export async function fetchParts(java: Java, onProgress: (line: string) => void): Promise<void> {
  // Fetched beside its place and then renamed: a folder under its own name is never half there.
  const parts = `${partsFolder()}.${process.pid}`;
  const args = ['-B', '-f', POM, 'process-resources', `-Dparts=${resolve(parts)}`];
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
    throw new SaidPlainly(['Maven could not fetch Kafka and the registry (is the network there?). It said:', ...errors].join('\n  '));
  }
  if (partsAreThere()) rmSync(parts, { recursive: true, force: true });
  else renameSync(parts, partsFolder());
}
