import { CommandFactory, CommandRunnerService } from 'nest-commander';
import { FAILED } from './exit-codes.js';
import { helpConfiguration } from './help.js';
import { OpsModule } from './ops.module.js';
import { sayFailure } from './say-failure.js';

/** Runs one command line. @param argv as the process gets it @returns the exit code */
export async function runOps(argv: string[]): Promise<number> {
  let failed: number | undefined;
  process.exitCode = undefined;
  const app = await CommandFactory.createWithoutRunning(OpsModule, {
    logger: false,
    cliName: 'ops',
    helpConfiguration,
    serviceErrorHandler: (error) => {
      failed = sayFailure(error);
    },
  });
  try {
    await app.get(CommandRunnerService).run(argv);
    return failed ?? codeSet();
  } finally {
    await app.close();
  }
}

const codeSet = (): number => Number(process.exitCode ?? FAILED);
