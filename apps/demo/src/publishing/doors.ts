import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { httpPublisher, type Publisher, type Waiting } from '#lib/publisher';

/** Opens the HTTP door for each source, with that source's own token. */
export async function openDoors(
  sources: readonly string[],
  o: { url: string; tokensDir: string; onWaiting(source: string, waiting: Waiting): void },
): Promise<Map<string, Publisher>> {
  const opened = sources.map(async (source) => {
    const token = await tokenOf(source, o.tokensDir);
    const onWaiting = (waiting: Waiting) => o.onWaiting(source, waiting);
    // the town keeps its news until the index can take it, however long that is
    return [source, httpPublisher({ url: o.url, source, token, patience: Infinity, onWaiting })] as const;
  });
  return new Map(await Promise.all(opened));
}

async function tokenOf(source: string, folder: string): Promise<string> {
  try {
    return (await readFile(join(folder, source), 'utf8')).trim();
  } catch (cause) {
    throw new Error(`No token for ${source} in ${folder}. The stack writes them when it starts: npm start, or set TOKENS_DIR.`, { cause });
  }
}
