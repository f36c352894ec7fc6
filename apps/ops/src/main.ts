import 'reflect-metadata';
import { CommandFactory } from 'nest-commander';
import { describeError } from '#lib/runtime';
import { OpsModule } from './ops.module.js';

await CommandFactory.run(OpsModule, {
  logger: false,
  cliName: 'ops',
  serviceErrorHandler(error) {
    const { type, message, code } = describeError(error);
    console.error(`✗ ${code ? `${type} (${code})` : type}: ${message}`);
    process.exit(1);
  },
});
