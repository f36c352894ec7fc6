import { createReadStream, existsSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { PUSHED_FILE, PushedLog, type VerifyingKey } from '#lib/audit';

/** What was pushed to the second place; null where there is nothing. */
export async function readPushed(folder: string, key: VerifyingKey): Promise<PushedLog | null> {
  const file = join(folder, PUSHED_FILE);
  return existsSync(file) ? readPushedFile(file, key) : null;
}

export const readPushedFile = (file: string, key: VerifyingKey): Promise<PushedLog> => PushedLog.read(linesOf(file), key);

export const linesOf = (file: string) => createInterface({ input: createReadStream(file), crlfDelay: Infinity });
