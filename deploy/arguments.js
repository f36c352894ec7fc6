import { parseArgs } from 'node:util';
import { SaidPlainly } from './said-plainly.js';

export const START_HELP = `npm start -- [options]      brings the whole system up on this machine

  --fresh            drops all data of earlier starts first
  --no-demo          starts without the made-up authority
  --no-cdc           starts without capturing changes in sources' own databases
  --port-base N      uses ports N to N+15 (7400 unless said)
  --data FOLDER      keeps data, logs and secrets there (.local unless said)
  --help             shows this

Ctrl-C stops everything. Data survives; the next start goes on with it.`;

export const TEST_HELP = `npm test -- [pattern ...] [options]      installs and builds what is needed, then runs the tests

  pattern            only files whose path has this in it (a regular expression): sealer, libs/audit, browser.e2e
  -t "name"          only tests whose name has this in it (a regular expression)
  --runInBand        one file after another
  --help             shows this

x.spec.ts is pure; x.int.spec.ts and x.e2e.spec.ts use a real broker, registry and database. Any other option is Jest's.
What each file did, and why a test failed, goes to standard error; how many passed and failed is the last line on standard
output. No file keeps it: npm test 2> test.log does.`;

const LARGEST_BASE = 65_535 - 15;

/**
 * @typedef {object} StartOptions
 * @property {boolean} fresh
 * @property {boolean} demo
 * @property {boolean} cdc
 * @property {number} portBase
 * @property {string} data
 * @property {boolean} help
 */

/**
 * @param {string[]} argv
 * @returns {StartOptions}
 */
export function startOptions(argv) {
  const { values } = parsed(argv);
  const portBase = Number(values['port-base'] ?? 7400);
  if (!Number.isInteger(portBase) || portBase < 1024 || portBase > LARGEST_BASE) {
    throw new SaidPlainly(`--port-base must be a whole number from 1024 to ${LARGEST_BASE}.`);
  }
  return {
    fresh: values.fresh ?? false,
    demo: !values['no-demo'],
    cdc: !values['no-cdc'],
    portBase,
    data: values.data ?? '.local',
    help: values.help ?? false,
  };
}

/** @param {string[]} args */
function parsed(args) {
  try {
    return parseArgs({
      args,
      options: {
        fresh: { type: 'boolean' },
        'no-demo': { type: 'boolean' },
        'no-cdc': { type: 'boolean' },
        'port-base': { type: 'string' },
        data: { type: 'string' },
        help: { type: 'boolean', short: 'h' },
      },
    });
  } catch (error) {
    throw new SaidPlainly(`${error instanceof Error ? error.message.split('.')[0] : String(error)}.\n\n${START_HELP}`);
  }
}
