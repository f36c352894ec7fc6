import type { RuleBroken, Service, SourceEvent, SourceEventInput } from '#lib/events';

/** Which state of the source a row shows. */
export interface RowVersion {
  epoch: number;
  /** Of a file microseconds since 1970: when it was exported. Of a captured change its place in the topic. */
  position: number;
}

/** What the events of a row carry besides their content. */
export type RowHead = { recordId: string; sourceVersion: RowVersion; occurredAt: string };

export type FactKind = 'person' | 'involvement' | 'relationship' | 'replacement';

/** Names a fact of a source: what a row says, a later one restates or ends. */
export interface FactName {
  kind: FactKind;
  /** The source's own id of it: of a person and a replacement the record's. */
  id: string;
}

/** One thing that a row says, whole, as the events that say it. All of them bear the row's version. */
export interface Fact extends FactName {
  recordId: string;
  service: Service | null;
  /** `gone`: the row itself says that it was never right, or is deleted. */
  state: 'open' | 'ended' | 'gone';
  /** In the order of publishing: as a door takes them, and as they were found good. */
  events: readonly { sent: SourceEventInput; checked: SourceEvent }[];
}

/** What is wrong in a row. The value is never told, only the form it has. */
export interface RowProblem extends RuleBroken {
  /** As a spreadsheet counts: the header is row 1. */
  row: number;
  column: string;
  /** `31/02/2014` → `99/99/9999`. */
  masked: string;
  /** Whether the fact is refused for it, or told without this value. */
  outcome: 'refused' | 'left-out';
}
