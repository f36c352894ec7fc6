import { missingPackages } from './install.js';

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
