import type { Envelope } from '#lib/events';
import { ContractBrokenError, type LogCodec, type LogMessage, type SchemaStore, UndecodableError } from '#lib/kafka';
import { type KeyStore, SealBrokenError, type SubjectKey, unsealEvent } from '#lib/sealing';
import { changesOf, changesOfClosed, mustBeOpened, type OpenedEvent } from './changes-of.js';
import { detailsOf } from './details.js';
import type { MatchKeys } from './match-keys.js';
import type { MatcherMetrics } from './matcher-metrics.js';
import type { RecordChange } from './record-state.js';

interface Tools {
  codec: LogCodec;
  schemas: SchemaStore;
  keyStore: KeyStore;
  matchKeys: MatchKeys;
  sensitiveSources: ReadonlySet<string>;
  metrics: MatcherMetrics;
}

/**
 * What a batch of the log changes, and when its oldest event was published. An event that can't be read is counted and passed over (the
 * projector parks it), but its record is seen all the same; of an erased one nothing is left.
 * @throws retriable errors of the registry and the key store
 */
export async function readEvents(
  messages: readonly LogMessage[],
  tools: Tools,
): Promise<{ changes: RecordChange[]; oldest: number | undefined }> {
  const { codec, keyStore, metrics } = tools;
  await codec.prepare(messages.map(({ value }) => value));
  const envelopes = messages.map(({ value }) => orSkip(metrics, () => (value === null ? undefined : codec.decodeEnvelope(value))));
  const read = envelopes.filter((envelope) => envelope !== undefined);
  const keys = await keyStore.keysFor(read.filter(({ type }) => mustBeOpened(type)).map(({ subject }) => subject));
  const changes = read.flatMap((envelope) => {
    metrics.events.inc({ type: envelope.type });
    return changesIn(envelope, keys.get(envelope.subject), tools);
  });
  return { changes, oldest: read.length === 0 ? undefined : Math.min(...read.map(({ publishedAt }) => publishedAt)) };
}

function changesIn(envelope: Envelope, key: SubjectKey | 'erased' | 'missing' | undefined, tools: Tools): RecordChange[] {
  const closed = changesOfClosed(envelope);
  if (!mustBeOpened(envelope.type)) return closed;
  if (key === 'erased') return [{ subject: envelope.subject, kind: 'erased' }];
  if (key === undefined || key === 'missing') {
    tools.metrics.skipped.inc({ code: 'key-missing' });
    return closed;
  }
  return orSkip(tools.metrics, () => opened(envelope, key, tools)) ?? closed;
}

function opened(envelope: Envelope, key: SubjectKey, { schemas, matchKeys, sensitiveSources }: Tools): RecordChange[] {
  const event = schemas.decodeEvent(envelope.type, envelope.schema, unsealEvent(key, envelope)) as OpenedEvent;
  const changes = changesOf(envelope.subject, event, (recorded) =>
    detailsOf(key, recorded, sensitiveSources.has(envelope.source), matchKeys),
  );
  if (changes.some(({ subject }) => !TOKEN.test(subject)))
    throw new ContractBrokenError('field-invalid', 'a subject token for the other record', 'other text');
  return changes;
}
const TOKEN = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

function orSkip<T>(metrics: MatcherMetrics, read: () => T): T | undefined {
  try {
    return read();
  } catch (error) {
    const unreadable = error instanceof UndecodableError || error instanceof ContractBrokenError || error instanceof SealBrokenError;
    if (!unreadable) throw error;
    metrics.skipped.inc({ code: error.code });
    return undefined;
  }
}
