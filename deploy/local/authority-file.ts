import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const IN_REPOSITORY = join('deploy', 'authority', 'northbridge.json');

/**
 * The stack's own copy of the settings: what is applied here takes its place, and nothing in the repository changes by that. It is copied at
 * the first start, and again whenever the file in the repository has changed since.
 * @returns its path, and whether it took the place of what was applied here
 */
export function ownAuthorityFile(folder: string, from = IN_REPOSITORY): { file: string; replaced: boolean } {
  const own = join(folder, 'authority');
  const [file, copied] = [join(own, 'northbridge.json'), join(own, 'as-copied.json')];
  const [text, before] = [readFileSync(from, 'utf8'), textOf(copied)];
  if (before === text && textOf(file) !== null) return { file, replaced: false };
  const replaced = before !== null && textOf(file) !== null && textOf(file) !== before;
  mkdirSync(own, { recursive: true });
  writeFileSync(file, text);
  writeFileSync(copied, text);
  return { file, replaced };
}

function textOf(file: string): string | null {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}
