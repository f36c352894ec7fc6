import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import type { Java } from '../prerequisites.js';
import { SaidPlainly } from '../said-plainly.js';

const POM = join('deploy', 'local', 'pom.xml');
/** Beside the data, not in it: `--fresh` need not download again. */
export const PARTS = join('.cache', 'parts');

/** Are the jars that pom.xml names there already? */
export function partsAreThere(parts = PARTS): boolean {
  const marker = join(parts, 'fetched');
  return existsSync(marker) && readFileSync(marker, 'utf8') === pomDigest();
}

/** Fetches the jars of Kafka and the registry by Maven. @param onProgress called with each file as it comes. */
export async function fetchParts(java: Java, onProgress: (line: string) => void, parts = PARTS): Promise<void> {
  rmSync(parts, { recursive: true, force: true });
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
    const errors = last.filter((line) => line.includes('ERROR')).slice(0, 5);
    throw new SaidPlainly(['Maven could not fetch Kafka and the registry (is the network there?). It said:', ...errors].join('\n  '));
  }
  writeFileSync(join(parts, 'fetched'), pomDigest());
}

function pomDigest(): string {
  return createHash('sha256').update(readFileSync(POM)).digest('hex');
}
