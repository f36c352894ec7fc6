/**
 * Counts what Jest reports. A test file that could not be loaded counts as a failed test, and so does a Jest that crashed or
 * ended badly without naming a failure: never is anything green that was not run.
 * @param {string | undefined} report what Jest wrote with --json
 * @param {number | null} exitCode
 * @returns {{ passed: number, failed: number }}
 */
export function tally(report, exitCode) {
  const { numPassedTests = 0, numFailedTests = 0, numRuntimeErrorTestSuites = 0 } = parsed(report);
  const failed = numFailedTests + numRuntimeErrorTestSuites;
  const silent = failed === 0 && (exitCode !== 0 || numPassedTests === 0);
  return { passed: numPassedTests, failed: silent ? 1 : failed };
}

/** @param {string | undefined} report */
function parsed(report) {
  try {
    return JSON.parse(report ?? '{}');
  } catch {
    return {};
  }
}
