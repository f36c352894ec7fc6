import type { Columns, Registers, Table, Values } from '#lib/read-model';
import type { SourceVersion } from '#lib/events';

/** Where a logged event stands: the record it speaks of, and its place in the log. */
export interface Place {
  /** Subject token of the record. */
  subject: string;
  partition: number;
  offset: number;
}

/** Where an identity decision stands in its log, and since when: milliseconds since 1970. */
export interface DecisionPlace extends Omit<Place, 'subject'> {
  publishedAt: number;
}

/** A row's key columns. */
export type Key = Readonly<Record<string, string | number>>;

/** What a projection answers: one register of one row, at one version. */
export interface RegisterWrite {
  table: Table;
  key: Key;
  /** Only used where the row does not exist yet. */
  plain: Values<Columns>;
  register: string;
  epoch: number;
  position: number;
  /** Decides between two writes of the same version: greater wins. */
  rank: number;
  values: Values<Columns>;
}

/** A row of one table, whose registers are written one by one; names and types are those of the table's declaration. */
export function rowOf<K extends Columns, P extends Columns, R extends Registers>(
  table: Table<K, P, R>,
  key: Values<K>,
  plain: Values<P>,
  version: SourceVersion,
) {
  return <N extends keyof R & string>(register: N, values: Values<R[N]>, rank = 0): RegisterWrite => ({
    table,
    key: key as Key,
    plain,
    register,
    epoch: version.epoch,
    position: version.position,
    rank,
    values,
  });
}
