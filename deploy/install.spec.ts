import { readFileSync } from 'node:fs';
import { missingPackages } from './install.js';

type Lock = { packages: Record<string, { optionalDependencies?: Record<string, string> }> };

describe('Installing', () => {
  const wanted = {
    '': {},
    'node_modules/pg': { version: '8.23.1' },
    'node_modules/@swc/core-darwin-arm64': { version: '1.0.0', optional: true },
  };

  it('is not needed when every package of the lock file is there in its version', () => {
    expect(missingPackages(wanted, { 'node_modules/pg': { version: '8.23.1' } })).toEqual([]);
  });

  it('is needed when a package is missing, or of another version', () => {
    expect(missingPackages(wanted, {})).toEqual(['node_modules/pg']);
    expect(missingPackages(wanted, { 'node_modules/pg': { version: '8.22.0' } })).toEqual(['node_modules/pg']);
  });
});

describe('The lock file', () => {
  it('names the packages of other machines too: npm ci refuses one that leaves them out', () => {
    const { packages } = JSON.parse(readFileSync('package-lock.json', 'utf8')) as Lock;
    const wanted = Object.values(packages).flatMap(({ optionalDependencies = {} }) => Object.keys(optionalDependencies));
    const named = Object.keys(packages).map((path) => path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length));
    expect(wanted.filter((name) => !named.includes(name))).toEqual([]);
  });
});
