import type { Kafka } from './connect-kafka.js';
import { LogUnavailableError } from './errors.js';

/** Whether somebody reads as this group just now. @throws LogUnavailableError (retriable) */
export async function groupIsAtWork(kafka: Kafka, groupId: string): Promise<boolean> {
  const admin = kafka.admin();
  try {
    await admin.connect();
    const { groups } = await admin.describeGroups([groupId]);
    return groups.some(({ members }) => members.length > 0);
  } catch (cause) {
    throw new LogUnavailableError(`the members of ${groupId} can't be looked up`, { cause });
  } finally {
    await admin.disconnect().catch(() => undefined);
  }
}
