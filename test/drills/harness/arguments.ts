import { parseArgs } from 'node:util';

export const HELP = `npm run drills -- [options]

Breaks one thing after another under load, with real processes, a real broker and a real database, and judges what is left: acknowledged
events are in the log, the read model equals a fold of the log, nothing is applied twice, everything received is accounted for.

  --only a,b     these drills
  --seed WORD    drives every random choice (made up and printed unless given)
  --short        the counts of npm test
  --list         names the drills and the ways of breaking the engine
  --break NAME   breaks a copy of the compiled engine on purpose: the drills must notice
  --help

Exit code 0 when every drill passed (with --break: when every drill that was run has noticed).
`;

export interface DrillArguments {
  only: string[] | undefined;
  seed: string;
  short: boolean;
  breaking: string | undefined;
}

/** @throws Error saying which option is wrong */
export function drillArguments(args: string[]): DrillArguments | 'help' | 'list' {
  const { values } = parseArgs({
    args,
    options: {
      only: { type: 'string' },
      seed: { type: 'string' },
      break: { type: 'string' },
      short: { type: 'boolean' },
      list: { type: 'boolean' },
      help: { type: 'boolean' },
    },
  });
  if (values.help) return 'help';
  if (values.list) return 'list';
  const only = values.only?.split(',').map((name) => name.trim());
  const seed = values.seed ?? String(Date.now() % 1_000_000);
  return { only, seed, short: values.short ?? false, breaking: values.break };
}
