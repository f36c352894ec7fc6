import type { LogCodec, SchemaStore } from '#lib/kafka';
import type { KeyStore } from '#lib/sealing';

/** What it takes to read the logs: framing, event schemas, data keys. */
export interface LogReader {
  codec: Pick<LogCodec, 'prepare' | 'askAgain' | 'decodeEnvelope' | 'decodeDecision' | 'decodeRejection'>;
  schemas: Pick<SchemaStore, 'decodeEvent'>;
  keys: Pick<KeyStore, 'keysFor'>;
}
