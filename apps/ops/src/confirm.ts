import { createInterface } from 'node:readline/promises';
import { WrongUseError } from './errors.js';

/** Goes on only with --yes, or when somebody at the terminal says so. @throws WrongUseError otherwise */
export async function confirm(question: string, o: { yes?: boolean }): Promise<void> {
  if (o.yes) return;
  if (!process.stdin.isTTY) throw new WrongUseError(`${question} Nobody is at a terminal to ask: say --yes.`);
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  try {
    if ((await terminal.question(`${question} [yes/no] `)).trim() !== 'yes') throw new WrongUseError('Nothing was done.');
  } finally {
    terminal.close();
  }
}
