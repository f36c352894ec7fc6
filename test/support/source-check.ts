import { SourceEvent } from '#lib/events';
import type { SealedLog } from './sealed-log.js';

let position = 0;

/** A source says how far it sees, in every partition, as ingest passes it on. @param o.ago minutes since it was complete */
export async function publishCheck(
  log: SealedLog,
  o: { source: string; service: string; ago?: number; recordsHeld?: number; openInvolvementsHeld?: number; partitions?: number },
): Promise<void> {
  const { source, service, ago = 0, recordsHeld, openInvolvementsHeld, partitions = 4 } = o;
  const [key] = await log.keys.subjectsFor([{ source, recordId: '' }]);
  const event = SourceEvent.parse({
    type: 'SourceChecked',
    source,
    service,
    sourceVersion: { epoch: 0, position: (position += 1) },
    occurredAt: new Date().toISOString(),
    completeTo: new Date(Date.now() - ago * 60_000).toISOString(),
    recordsHeld,
    openInvolvementsHeld,
  });
  await log.publishRaw(
    Array.from({ length: partitions }, (_, partition) => ({ key: key!.subject, partition, value: log.sealed(event, key!) })),
  );
}
