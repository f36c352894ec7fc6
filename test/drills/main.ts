import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { ADDRESSES_VARIABLE, RUN_VARIABLE } from '../support/stack.js';
import { type DrillArguments, drillArguments, HELP } from './harness/arguments.js';
import { BREAKAGES, brokenEngine } from './harness/broken-engine.js';
import type { Drill } from './harness/drill.js';
import { DRILLS } from './harness/drills.js';
import { OwnServers } from './harness/own-servers.js';
import { printTable, printVerdict } from './harness/print-verdicts.js';
import { runDrill, type Verdict } from './harness/run-drill.js';

/** One drill after the other, on one set of servers that each leaves running. */
async function runAll(drills: readonly Drill[], o: DrillArguments, dist?: string): Promise<Verdict[]> {
  const servers = await OwnServers.start(join('.cache', `drills-${process.pid}`));
  process.env[ADDRESSES_VARIABLE] = JSON.stringify(servers.addresses);
  process.env[RUN_VARIABLE] = `d${randomBytes(4).toString('hex')}`;
  const verdicts: Verdict[] = [];
  try {
    for (const drill of drills) {
      const verdict = await runDrill(drill, { seed: o.seed, short: o.short, servers, dist });
      printVerdict(verdict);
      verdicts.push(verdict);
    }
    return verdicts;
  } finally {
    await servers.stop();
  }
}

function chosen(only: readonly string[]): Drill[] {
  return only.map((name) => {
    const drill = DRILLS.find((one) => one.name === name);
    if (!drill) throw new Error(`there is no drill ${name}; --list names them`);
    return drill;
  });
}

/** @returns the exit code */
async function drills(o: DrillArguments): Promise<number> {
  if (o.breaking === undefined) {
    const verdicts = await runAll(o.only ? chosen(o.only) : DRILLS, o);
    printTable(verdicts);
    return verdicts.every(({ problems }) => problems.length === 0) ? 0 : 1;
  }
  const dist = brokenEngine(o.breaking);
  const { what, noticedBy } = BREAKAGES[o.breaking]!;
  console.log(`Broken on purpose: ${what}. What follows must fail.`);
  const verdicts = await runAll(chosen(o.only ?? noticedBy), o, dist);
  printTable(verdicts);
  const blind = verdicts.filter(({ problems }) => problems.length === 0).map(({ drill }) => drill);
  console.log(blind.length === 0 ? `✓ ${o.breaking} was noticed` : `✗ ${o.breaking} was not noticed by ${blind.join(', ')}`);
  return blind.length === 0 ? 0 : 1;
}

const options = drillArguments(process.argv.slice(2));
if (options === 'help') console.log(HELP);
else if (options === 'list') {
  for (const { name, what } of DRILLS) console.log(`${name.padEnd(30)} ${what}`);
  for (const [name, { what }] of Object.entries(BREAKAGES)) console.log(`--break ${name.padEnd(22)} ${what}`);
} else process.exit(await drills(options));
