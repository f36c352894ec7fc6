import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { SaidPlainly } from './said-plainly.js';

const OLDEST_JAVA = 21;
const OLDEST_MAVEN = [3, 8] as const;

export interface Java {
  version: number;
  /** The `java` command. */
  command: string;
  home: string;
}

/** `openjdk version "25.0.1" 2025-10-21` → 25, `java version "1.8.0_402"` → 8. */
export function javaVersion(text: string): number | undefined {
  const [, first, second] = /version "(\d+)(?:\.(\d+))?/.exec(text) ?? [];
  return first === undefined ? undefined : Number(first === '1' ? second : first);
}

/** `Apache Maven 3.8.7` → [3, 8]. */
export function mavenVersion(text: string): [number, number] | undefined {
  const [, major, minor] = /Apache Maven (\d+)\.(\d+)/.exec(text) ?? [];
  return major === undefined ? undefined : [Number(major), Number(minor)];
}

/** The newest Java of JAVA_HOME, PATH and the usual folders. @throws SaidPlainly where none is new enough. */
export function findJava(env: NodeJS.ProcessEnv = process.env): Java {
  const found = candidates(env).flatMap((command) => {
    const version = javaVersion(spawnSync(command, ['-version'], { encoding: 'utf8' }).stderr ?? '');
    return version === undefined ? [] : [{ version, command, home: dirname(dirname(command)) }];
  });
  const newest = found.sort((a, b) => b.version - a.version)[0];
  if (!newest)
    throw new SaidPlainly(`No Java was found. Install Java ${OLDEST_JAVA} or newer (https://adoptium.net) or set JAVA_HOME to it.`);
  if (newest.version < OLDEST_JAVA) {
    throw new SaidPlainly(
      `The newest Java found is ${newest.version} (${newest.command}); ${OLDEST_JAVA} or newer is needed. Install one (https://adoptium.net) or set JAVA_HOME to it.`,
    );
  }
  return newest;
}

/** @throws SaidPlainly where Maven is missing or too old. */
export function checkMaven(java: Java): string {
  const text = spawnSync('mvn', ['--version'], { encoding: 'utf8', env: { ...process.env, JAVA_HOME: java.home } }).stdout ?? '';
  const version = mavenVersion(text);
  const needed = OLDEST_MAVEN.join('.');
  if (!version)
    throw new SaidPlainly(
      `Maven (the command mvn) was not found. Install Maven ${needed} or newer (https://maven.apache.org/install.html).`,
    );
  if (version[0] < OLDEST_MAVEN[0] || (version[0] === OLDEST_MAVEN[0] && version[1] < OLDEST_MAVEN[1])) {
    throw new SaidPlainly(`Maven ${version.join('.')} was found; ${needed} or newer is needed (https://maven.apache.org/install.html).`);
  }
  return version.join('.');
}

function candidates(env: NodeJS.ProcessEnv): string[] {
  const onPath = (env.PATH ?? '')
    .split(':')
    .filter(Boolean)
    .map((folder) => join(folder, 'java'));
  const homes = [
    env.JAVA_HOME,
    ...foldersIn('/usr/lib/jvm'),
    ...foldersIn('/Library/Java/JavaVirtualMachines').map((folder) => join(folder, 'Contents', 'Home')),
    ...foldersIn('/opt/homebrew/opt').filter((folder) => folder.includes('openjdk')),
    ...foldersIn(join(env.SDKMAN_DIR ?? join(homedir(), '.sdkman'), 'candidates', 'java')),
  ];
  const inHomes = homes.filter((home) => home !== undefined).map((home) => join(home, 'bin', 'java'));
  return [...new Set([...inHomes, ...onPath])].filter((command) => existsSync(command));
}

function foldersIn(folder: string): string[] {
  return existsSync(folder) ? readdirSync(folder).map((name) => join(folder, name)) : [];
}
