import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, readdirSync, realpathSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { SaidPlainly } from './said-plainly.js';

// Plain JavaScript: it runs before anything is installed, on whatever Node is there.

const OLDEST_NODE = [20, 19];
const OLDEST_JAVA = 21;
const OLDEST_MAVEN = [3, 8];

/**
 * @typedef {object} Java
 * @property {number} version
 * @property {string} command the `java` command
 * @property {string} home
 */

/** @param {string} version as in process.versions.node */
export function checkNode(version = process.versions.node) {
  if (olderThan(version.split('.').map(Number), OLDEST_NODE)) {
    throw new SaidPlainly(`This is Node ${version}; ${OLDEST_NODE.join('.')} or newer is needed (https://nodejs.org).`);
  }
}

/**
 * The newest Java of JAVA_HOME, PATH and the usual folders.
 * @param {NodeJS.ProcessEnv} env
 * @param {string[]} homes Java homes in the usual folders
 * @returns {Java}
 */
export function findJava(env = process.env, homes = usualHomes(env)) {
  const found = candidates(env, homes).flatMap((command) => {
    const version = versionOf(command);
    return version === undefined ? [] : [{ version, command, home: dirname(dirname(command)) }];
  });
  const newest = found.sort((a, b) => b.version - a.version)[0];
  const remedy = `Install Java ${OLDEST_JAVA} or newer (https://adoptium.net), or set JAVA_HOME to one.`;
  if (!newest) throw new SaidPlainly(`No Java was found in JAVA_HOME, PATH or the usual folders. ${remedy}`);
  if (newest.version < OLDEST_JAVA) {
    throw new SaidPlainly(`The newest Java found is ${newest.version} (${newest.command}), which is too old. ${remedy}`);
  }
  return newest;
}

/**
 * @param {Java} java that Maven shall run on
 * @returns {string} its version
 */
export function checkMaven(java) {
  const text = spawnSync('mvn', ['--version'], { encoding: 'utf8', env: { ...process.env, JAVA_HOME: java.home } }).stdout ?? '';
  const version = mavenVersion(text);
  const remedy = `Install Maven ${OLDEST_MAVEN.join('.')} or newer (https://maven.apache.org/install.html).`;
  if (!version) throw new SaidPlainly(`Maven (the command mvn) was not found; it fetches Kafka and the registry. ${remedy}`);
  if (olderThan(version, OLDEST_MAVEN)) throw new SaidPlainly(`Maven ${version.join('.')} is too old. ${remedy}`);
  return version.join('.');
}

/**
 * Every JDK says in its `release` file what it is; asking it would start a virtual machine each time.
 * @param {string} command
 */
function versionOf(command) {
  const release = join(dirname(dirname(realpathSync(command))), 'release');
  const [, version] = (existsSync(release) && /^JAVA_VERSION="(.*)"$/m.exec(readFileSync(release, 'utf8'))) || [];
  if (version) return javaVersion(`version "${version}"`);
  return javaVersion(spawnSync(command, ['-version'], { encoding: 'utf8' }).stderr ?? '');
}

/**
 * `openjdk version "25.0.1" 2025-10-21` → 25, `java version "1.8.0_402"` → 8.
 * @param {string} text
 */
export function javaVersion(text) {
  const [, first, second] = /version "(\d+)(?:\.(\d+))?/.exec(text) ?? [];
  return first === undefined ? undefined : Number(first === '1' ? second : first);
}

/**
 * `Apache Maven 3.8.7` → [3, 8, 7].
 * @param {string} text
 */
export function mavenVersion(text) {
  const [, ...numbers] = /Apache Maven (\d+)\.(\d+)\.(\d+)/.exec(text) ?? [];
  return numbers.length === 0 ? undefined : numbers.map(Number);
}

/**
 * @param {number[]} version
 * @param {number[]} oldest
 */
function olderThan([major = 0, minor = 0], [oldestMajor = 0, oldestMinor = 0]) {
  return major < oldestMajor || (major === oldestMajor && minor < oldestMinor);
}

/**
 * @param {NodeJS.ProcessEnv} env
 * @param {string[]} homes
 */
function candidates(env, homes) {
  const onPath = (env.PATH ?? '')
    .split(':')
    .filter(Boolean)
    .map((folder) => join(folder, 'java'));
  const inHomes = [...(env.JAVA_HOME ? [env.JAVA_HOME] : []), ...homes].map((home) => join(home, 'bin', 'java'));
  return [...new Set([...inHomes, ...onPath])].filter((command) => existsSync(command));
}

/** @param {NodeJS.ProcessEnv} env */
function usualHomes(env) {
  return [
    ...foldersIn('/usr/lib/jvm'),
    ...foldersIn('/Library/Java/JavaVirtualMachines').map((folder) => join(folder, 'Contents', 'Home')),
    ...foldersIn('/opt/homebrew/opt').filter((folder) => folder.includes('openjdk')),
    ...foldersIn(join(env.SDKMAN_DIR ?? join(homedir(), '.sdkman'), 'candidates', 'java')),
  ];
}

/** @param {string} folder */
function foldersIn(folder) {
  return existsSync(folder) ? readdirSync(folder).map((name) => join(folder, name)) : [];
}
