/** Something the person at the keyboard can put right. Its message is shown as it is, without a stack. */
export class SaidPlainly extends Error {
  /** @override */
  name = 'SaidPlainly';
}

/**
 * Runs a command of ours: a SaidPlainly is shown as one sentence, anything else with its stack; both end with exit code 1.
 * @param {() => Promise<void>} command
 */
export async function orSayWhy(command) {
  try {
    await command();
  } catch (error) {
    console.error(error instanceof SaidPlainly ? `\n✗ ${error.message}` : error);
    process.exit(1);
  }
}
