import { tally } from './tally.js';

const report = (numbers: Record<string, number>) => JSON.stringify(numbers);

describe('The last line of npm test', () => {
  it('counts what passed and what failed', () => {
    expect(tally(report({ numPassedTests: 41, numFailedTests: 2 }), 1)).toEqual({ passed: 41, failed: 2 });
    expect(tally(report({ numPassedTests: 41, numFailedTests: 0 }), 0)).toEqual({ passed: 41, failed: 0 });
  });

  it('counts a test file that could not be loaded as failed', () => {
    expect(tally(report({ numPassedTests: 41, numFailedTests: 0, numRuntimeErrorTestSuites: 1 }), 1)).toEqual({ passed: 41, failed: 1 });
  });

  it.each([
    ['Jest crashed before it reported', undefined, 1],
    ['Jest was killed', undefined, null],
    ['the report is cut short', '{"numPassedTests": 4', 0],
    ['Jest ended badly though every test passed', report({ numPassedTests: 41 }), 1],
    ['no test was found', report({ numPassedTests: 0 }), 0],
  ])('is never green when %s', (_, text, exitCode) => {
    expect(tally(text, exitCode).failed).toBeGreaterThan(0);
  });
});
