import type { SourceEventInput } from '#lib/events';

type Unversioned<T> = T extends unknown ? Omit<T, 'sourceVersion' | 'occurredAt'> : never;

/** Something that happened at a source, before it is put in order and given a version. */
export interface Draft {
  /** Milliseconds since 1970. */
  at: number;
  event: Unversioned<SourceEventInput>;
}
