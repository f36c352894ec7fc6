import type { Envelope } from '#lib/events';
import { ContractBrokenError, type LogCodec, type LogMessage, type SchemaStore, UndecodableError } from '#lib/kafka';
import { type KeyStore, SealBrokenError, type SubjectKey, unsealEvent } from '#lib/sealing';
import { changesOf, changesOfClosed, mustBeOpened, type OpenedEvent } from './changes-of.js';
import { detailsOf } from './details.js';
import type { MatchKeys } from './match-keys.js';
import type { RecordChange } from './record-state.js';

export interface ReadingTools {
  codec: LogCodec;
  schemas: SchemaStore;
  keyStore: KeyStore;
  matchKeys: MatchKeys;
  sensitiveSources: ReadonlySet<string>;
}

/** An event that can't be read as things are. What it needs may come: a key that was lost, a schema, a newer version of ours. */
export interface UnreadEvent {
  offset: number;
  /** Whom it is about, as far as that can be read. */
  subject: string | null;
  code: string;
}

/** What messages of the log say. */
export interface ReadEvents {
  envelopes: Envelope[];
  changes: RecordChange[];
  unread: UnreadEvent[];
}

/**
 * What messages of one partition change. The record of an event that can't be read is seen all the same; of an erased one nothing is left.
 * @throws retriable errors of the registry and the key store
 */
export async function readEvents(messages: readonly LogMessage[], tools: ReadingTools): Promise<ReadEvents> {
  const { codec, keyStore } = tools;
  await codec.prepare(messages.map(({ value }) => value));
  const unread: UnreadEvent[] = [];
  const enveloped = messages.flatMap(({ offset, value }) => {
    const envelope = value === null ? undefined : unlessUnreadable(() => codec.decodeEnvelope(value), { offset, subject: null }, unread);
    return envelope ? [{ offset, envelope }] : [];
  });
  const envelopes = enveloped.map(({ envelope }) => envelope);
  const keys = await keyStore.keysFor(envelopes.filter(({ type }) => mustBeOpened(type)).map(({ subject }) => subject));
  const changes = enveloped.flatMap(({ offset, envelope }) => {
    const { type, subject } = envelope;
    const closed = changesOfClosed(envelope);
    if (!mustBeOpened(type)) return closed;
    const key = keys.get(subject);
    if (key === 'erased') return [{ subject, kind: 'erased' } as const];
    if (key !== undefined && key !== 'missing')
      return unlessUnreadable(() => opened(envelope, key, tools), { offset, subject }, unread) ?? closed;
    unread.push({ offset, subject, code: KEY_MISSING });
    return closed;
  });
  return { envelopes, changes, unread };
}

/** The code of an event whose record has neither a data key nor a tombstone. */
export const KEY_MISSING = 'key-missing';

function opened(envelope: Envelope, key: SubjectKey, { schemas, matchKeys, sensitiveSources }: ReadingTools): RecordChange[] {
  const event = schemas.decodeEvent(envelope.type, envelope.schema, unsealEvent(key, envelope)) as OpenedEvent;
  const changes = changesOf(envelope.subject, event, (recorded) =>
    detailsOf(key, recorded, sensitiveSources.has(envelope.source), matchKeys),
  );
  if (changes.some(({ subject }) => !TOKEN.test(subject)))
    throw new ContractBrokenError('field-invalid', 'a subject token for the other record', 'other text');
  return changes;
}
const TOKEN = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

function unlessUnreadable<T>(read: () => T, place: Pick<UnreadEvent, 'offset' | 'subject'>, unread: UnreadEvent[]): T | undefined {
  try {
    return read();
  } catch (error) {
    const unreadable = error instanceof UndecodableError || error instanceof ContractBrokenError || error instanceof SealBrokenError;
    if (!unreadable) throw error;
    unread.push({ ...place, code: error.code });
    return undefined;
  }
}
