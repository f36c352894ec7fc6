import { cpSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** One change of a compiled file, under dist. */
export interface Change {
  file: string;
  find: string;
  put: string;
}

/** Copies the compiled engine and changes its text in one place. @param from another build than the last @returns the folder to run instead of dist */
export function copiedEngine(name: string, change: Change, from = 'dist'): string {
  const folder = join('.cache', name);
  rmSync(folder, { recursive: true, force: true });
  for (const part of [...['projector', 'matcher', 'ops'].map((app) => join('apps', app)), 'libs'])
    cpSync(join(from, part), join(folder, 'dist', part), { recursive: true });
  // `#lib/…` is looked up in the nearest package.json: the libs must be the copied ones.
  cpSync('package.json', join(folder, 'package.json'));
  const file = join(folder, 'dist', change.file);
  const text = readFileSync(file, 'utf8');
  if (text.split(change.find).length !== 2) throw new Error(`${name}: ${change.file} no longer holds ${change.find} exactly once`);
  writeFileSync(
    file,
    text.replace(change.find, () => change.put),
  );
  return join(folder, 'dist');
}
