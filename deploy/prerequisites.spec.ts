import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { checkNode, findJava, javaVersion, mavenVersion } from './prerequisites.js';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'prerequisites-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

/** A Java that only tells its version. @returns its home */
function javaOf(version: string): string {
  const home = join(folder, version);
  mkdirSync(join(home, 'bin'), { recursive: true });
  writeFileSync(join(home, 'bin', 'java'), `#!/bin/sh\necho 'openjdk version "${version}" 2030-01-01' >&2\n`);
  chmodSync(join(home, 'bin', 'java'), 0o755);
  return home;
}

describe('Before the stack starts', () => {
  it('the newest Java wins, wherever it is', () => {
    const env = { JAVA_HOME: javaOf('21.0.2'), PATH: `${join(javaOf('1.8.0_402'), 'bin')}:${join(javaOf('99.0.1'), 'bin')}` };
    expect(findJava(env)).toEqual({ version: 99, command: join(folder, '99.0.1', 'bin', 'java'), home: join(folder, '99.0.1') });
  });

  it('a Java in one of the usual folders is found though PATH has an older one', () => {
    expect(findJava({ PATH: join(javaOf('17.0.15'), 'bin') }, [javaOf('25.0.1')]).version).toBe(25);
  });

  it('an old Java is told plainly, and so is none', () => {
    const old = javaOf('17.0.15');
    expect(() => findJava({ JAVA_HOME: old }, [])).toThrow(
      `The newest Java found is 17 (${old}/bin/java), which is too old. Install Java 21`,
    );
    expect(() => findJava({ PATH: folder }, [])).toThrow('No Java was found in JAVA_HOME, PATH or the usual folders. Install Java 21');
  });

  it.each([
    ['openjdk version "25.0.1" 2025-10-21 LTS', 25],
    ['java version "1.8.0_402"', 8],
    ['openjdk version "21" 2023-09-19', 21],
    ['openjdk version "26-ea" 2026-03-17', 26],
    ['sh: java: command not found', undefined],
  ])('%p is Java %p', (text, version) => {
    expect(javaVersion(text)).toBe(version);
  });

  it.each([
    ['Apache Maven 3.8.7', [3, 8, 7]],
    ['\u001b[1mApache Maven 3.9.11 (3e54c93a704957b63ee3494413a2b544fd3d825b)\u001b[m', [3, 9, 11]],
    ['Apache Maven 4.0.0-rc-4', [4, 0, 0]],
    ['mvn: not found', undefined],
  ])('%p is Maven %p', (text, version) => {
    expect(mavenVersion(text)).toEqual(version);
  });

  it('an old Node is told plainly', () => {
    expect(() => checkNode('20.18.3')).toThrow('This is Node 20.18.3; 20.19 or newer is needed');
    expect(() => checkNode('18.20.0')).toThrow('20.19 or newer is needed');
    expect(() => checkNode('20.19.0')).not.toThrow();
    expect(() => checkNode('24.0.0')).not.toThrow();
  });
});
