import { availableParallelism } from 'node:os';

/** One Jest project for all suites; `x.spec.ts` is pure, `x.int.spec.ts` and `x.e2e.spec.ts` use the real stack. */
export default {
  globalSetup: './test/support/global-setup.js',
  globalTeardown: './test/support/global-teardown.js',
  // Longer than any `eventually` waits: it says what did not happen, Jest would not.
  testTimeout: 600_000,
  // Most of a suite's time is waiting for a broker or a database; more than four at once only crowd them.
  maxWorkers: Math.max(2, Math.min(4, availableParallelism())),
  // What a suite has loaded stays in its worker: past this a fresh one is faster than collecting garbage.
  workerIdleMemoryLimit: '1GB',
  testEnvironmentOptions: { customExportConditions: ['source', 'node'] },
  extensionsToTreatAsEsm: ['.ts'],
  transform: {
    '^.+\\.ts$': [
      '@swc/jest',
      {
        jsc: {
          parser: { syntax: 'typescript', decorators: true },
          transform: { legacyDecorator: true, decoratorMetadata: true },
          target: 'es2023',
        },
        module: { type: 'es6' },
      },
    ],
  },
  moduleNameMapper: { '^(\\.{1,2}/.*)\\.js$': '$1' },
  testMatch: ['<rootDir>/{apps,libs,test,deploy,schemas}/**/*.spec.ts'],
  modulePathIgnorePatterns: ['<rootDir>/dist', '<rootDir>/.local', '<rootDir>/.cache'],
};
