import 'reflect-metadata';
import { runOps } from './run-ops.js';

const code = await runOps(process.argv);
// A client that still tries to reach what is away must not keep the shell waiting.
process.stdout.write('', () => process.exit(code));
