import { createReadStream, existsSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { PUSHED_FILE, PushedLog, type VerifyingKey } from '#lib/audit';
import { WrongUseError } from '../errors.js';

/** What was pushed to the second place; null where there is nothing. */
export async function readPushed(folder: string, key: VerifyingKey): Promise<PushedLog | null> {
  const file = join(folder, PUSHED_FILE);
  return existsSync(file) ? PushedLog.read(linesOf(file), key) : null;
}

/** Of a file that somebody names. @throws WrongUseError where it is something else: the log would seem to have been compared with the second place */
export async function readPushedFile(file: string, key: VerifyingKey): Promise<PushedLog> {
  const pushed = await PushedLog.read(linesOf(file), key);
  if (pushed.isOfSecondPlace) return pushed;
  throw new WrongUseError(
    [
      `--checkpoints: ${file} is not what was pushed to the second place, so nothing was compared with it.`,
      `Expected is ${PUSHED_FILE} from there (AUDIT_CHECKPOINT_DIR), which holds leaves and checkpoints that the key of --key has signed.`,
      'An export is no such file: its checkpoints are out of the database that is to be proven. Nor are signed notes alone: they can’t be told from those.',
    ].join('\n'),
  );
}

export const linesOf = (file: string) => createInterface({ input: createReadStream(file), crlfDelay: Infinity });
