import { loadAuthority } from './authority.js';

/** Whether the query service would run with an authority's file: says every mistake in it. `ops settings apply` asks before it applies one. */
try {
  loadAuthority(process.argv[2] ?? '');
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
