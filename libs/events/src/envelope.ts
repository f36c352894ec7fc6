import type { EventType } from './involvement-event.js';
import type { SourceVersion } from './fields.js';

/** The clear outside of a sealed event in `involvement-log`. Nothing here can be guessed back to a person. */
export interface Envelope {
  /** Event id: keyed hash of fact and version, 32 hex digits. */
  id: string;
  type: EventType;
  source: string;
  /** Subject token of the record (or of the source itself, for `SourceChecked`). */
  subject: string;
  sourceVersion: SourceVersion;
  /** Milliseconds since 1970, from the source. */
  occurredAt: number;
  /** Milliseconds since 1970, when ingest published it. */
  publishedAt: number;
  /** SHA-256 (hex) of the event schema's text, as kept under `schemas/history/<event>/`. */
  schema: string;
  /** Data keys the event is sealed with. */
  keyIds: string[];
  sealingVersion: number;
  /** AES-256-GCM over the bare Avro event. */
  sealed: Uint8Array;
}
