import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import fastifyStatic from '@fastify/static';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { projectFolder } from './templates.js';

const folders = [join(projectFolder, 'dist/assets'), join(projectFolder, 'apps/query/src/layout/assets')];

/** Where the assets of this build stand: the address changes with their content, so that browsers may keep them for ever. */
export async function assetsAddress(): Promise<string> {
  const styles = await readFile(join(folders[0]!, 'index.css')).catch((cause: unknown) => {
    throw new Error('The styles are not built: run "npm run build:styles".', { cause });
  });
  const digest = createHash('sha256').update(styles);
  for (const file of (await readdir(folders[1]!)).sort()) digest.update(await readFile(join(folders[1]!, file)));
  return `/assets/${digest.digest('hex').slice(0, 16)}`;
}

/** Some of them, to be left elsewhere. */
export async function assetsOf(names: readonly string[]): Promise<{ name: string; content: Buffer }[]> {
  const found = names.map(async (name) => ({
    name,
    content: await readFile(join(folders[0]!, name)).catch(() => readFile(join(folders[1]!, name))),
  }));
  return Promise.all(found);
}

/** Serves the style sheet, the icons and our few scripts: files only, no listing, nothing of a person. */
export async function serveAssets(app: NestFastifyApplication): Promise<void> {
  await app.register(fastifyStatic, {
    root: folders,
    prefix: `${await assetsAddress()}/`,
    index: false,
    immutable: true,
    maxAge: '365d',
    dotfiles: 'deny',
  });
}
