import { cpSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** One change of a compiled file, under dist. */
export interface Change {
  file: string;
  find: string;
  put: string;
}

/** Copies the compiled engine and changes its text. @param from another build than the last @returns the folder to run instead of dist */
export function copiedEngine(name: string, changes: readonly Change[], from = 'dist'): string {
  const folder = join('.cache', name);
  rmSync(folder, { recursive: true, force: true });
  for (const part of [...['projector', 'matcher', 'ops'].map((app) => join('apps', app)), 'libs'])
    cpSync(join(from, part), join(folder, 'dist', part), { recursive: true });
  // `#lib/…` is looked up in the nearest package.json: the libs must be the copied ones.
  cpSync('package.json', join(folder, 'package.json'));
  for (const change of changes) make(change, join(folder, 'dist'), name);
  return join(folder, 'dist');
}

function make({ file, find, put }: Change, dist: string, name: string): void {
  const path = join(dist, file);
  const text = readFileSync(path, 'utf8');
  if (text.split(find).length !== 2) throw new Error(`${name}: ${file} no longer holds ${find} exactly once`);
  writeFileSync(
    path,
    text.replace(find, () => put),
  );
}
