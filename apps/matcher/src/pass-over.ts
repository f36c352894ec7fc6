import { HaltError, type TopicPartition } from '#lib/kafka';
import { keysLost } from './open-records.js';
import { KEY_MISSING, type UnreadEvent } from './read-events.js';
import type { Transaction } from './state/open-state.js';
import { recordsOf } from './state/records.js';
import { keepUnread, recordsWithoutKey } from './state/unread.js';

/**
 * Keeps in mind what could not be read, in the transaction that moves the checkpoint over it.
 * @param o.missingKeysToHalt with more records than this without key or tombstone, the key store is taken for lost
 * @throws HaltError, so that nothing is passed over: where keys are lost, or one of a record whose people would be parted for want of it
 */
export async function passOver(
  client: Transaction,
  place: TopicPartition,
  unread: readonly UnreadEvent[],
  o: { catchingUp: boolean; missingKeysToHalt: number },
): Promise<void> {
  if (unread.length === 0) return;
  await keepUnread(client, place, unread);
  const subjects = unread.flatMap(({ subject, code }) => (code === KEY_MISSING && subject !== null ? [subject] : []));
  if (subjects.length === 0) return;
  const records = await recordsWithoutKey(client);
  if (records > o.missingKeysToHalt)
    throw new HaltError(
      'keys-lost',
      `${records} records have neither a data key nor a tombstone; ${o.missingKeysToHalt} are tolerated. Restore the key store.`,
    );
  if (!o.catchingUp) return;
  // Of what was decided before, only this much is known now: they are with others for what this matcher can't read any more.
  const joined = (await recordsOf(client, subjects)).filter(({ reason }) => reason !== null && reason !== 'record-of-its-own');
  if (joined.length > 0) throw keysLost(joined.length);
}
