import { parseArgs } from 'node:util';
import { checkFile, linesOf } from './check-file.js';

const { values, positionals } = parseArgs({ allowPositionals: true, options: { table: { type: 'string' } } });
const [mapping, file] = positionals;
try {
  if (mapping === undefined || file === undefined) throw new RangeError('npm run source:check -- <mapping> <file.csv> [--table <table>]');
  const checked = await checkFile(mapping, file, values.table);
  console.log(linesOf(checked).join('\n'));
  process.exitCode = checked.read.problems.count > 0 ? 3 : 0;
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
