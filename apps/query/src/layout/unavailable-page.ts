import { mkdir, rename, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { assetsAddress, assetsOf } from './assets.js';

/** As front servers know it (deploy/Caddyfile, deploy/local/front.ts). */
const FILE = 'unavailable.html';

/**
 * Leaves the page with the desks' numbers in a folder, with the style sheet it names, for a front server to answer with while this process is
 * away. Done first thing at the start: it is that of the settings now, also where a database is away. @throws when the folder can't be written
 */
export async function leaveUnavailablePage(folder: string, page: string): Promise<void> {
  for (const asset of await assetsOf(['index.css', 'icon.svg']))
    await leave(join(folder, await assetsAddress(), asset.name), asset.content);
  await leave(join(folder, FILE), page);
}

/** Whole or not at all, whoever reads it meanwhile, and whichever replica writes it as well. */
async function leave(path: string, content: string | Buffer): Promise<void> {
  const half = `${path}.${process.pid}`;
  await mkdir(dirname(path), { recursive: true });
  await writeFile(half, content);
  await rename(half, path);
}
