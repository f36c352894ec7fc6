import type { PartitionBatch } from '#lib/kafka';
import type { DifferingRow } from '../compare/compare-table.js';
import { Fold } from '../fold.js';
import { openEvent } from '../open-event.js';
import type { OpenLogs } from '../open-logs.js';
import { projectEvent } from '../project.js';
import { whyParked } from '../why-parked.js';

/** Folds what any record's events say of a few facts. @returns undefined where they say nothing */
export async function foldFacts(
  { reader, topics }: OpenLogs,
  { topic, partition, messages }: Pick<PartitionBatch, 'topic' | 'partition' | 'messages'>,
  facts: readonly DifferingRow[],
): Promise<Fold | undefined> {
  if (topic !== topics.involvementLog) return undefined;
  const wanted = new Set(facts.map(({ table, key }) => [table, ...key].join('\n')));
  const sources = new Set(facts.map(({ key }) => key[0]));
  await reader.codec.prepare(messages.map(({ value }) => value));
  const envelopes = messages.flatMap(({ value, offset }) => {
    try {
      return value === null ? [] : [{ offset, envelope: reader.codec.decodeEnvelope(value) }];
    } catch (error) {
      whyParked(error);
      return [];
    }
  });
  const theirs = envelopes.filter(({ envelope }) => sources.has(envelope.source));
  const keys = await reader.keys.keysFor(new Set(theirs.map(({ envelope }) => envelope.subject)));
  const fold = new Fold();
  let found = false;
  for (const { envelope, offset } of theirs) {
    const key = keys.get(envelope.subject);
    if (key === undefined || key === 'missing' || key === 'erased') continue;
    try {
      for (const write of projectEvent(openEvent(reader, envelope, key), { subject: envelope.subject, partition, offset })) {
        if (!wanted.has([write.table.name, ...Object.values(write.key)].join('\n'))) continue;
        fold.add(write);
        found = true;
      }
    } catch (error) {
      // What can't be folded is parked, and not in the read model either. What may pass is thrown on.
      whyParked(error);
    }
  }
  return found ? fold : undefined;
}
