import type { z } from 'zod';
import type { InvolvementClosed, InvolvementOpened, PersonRecorded, PersonRemoved, RelationshipLinked } from '#lib/events';
import type { Reader } from '../convert/column.js';
import type { Source } from './source.js';

/** A field of an event: a column and how it is read, a word that is always the same, or a group of fields. */
export type Field<T> = Reader<NonNullable<T>> | Plain<NonNullable<T>>;
type Plain<T> = T extends readonly (infer Item)[] ? readonly Field<Item>[] : T extends object ? Fields<T> : T;
/** The fields of an event by name. What the contract requires is required here. */
export type Fields<T> = { [Name in keyof T]: Field<T[Name]> };

type Head = 'type' | 'source' | 'recordId' | 'sourceVersion' | 'occurredAt';
type Id = Reader<string>;

/** How an end is recognised: by a date that has come, or by a word that says so; the word decides where there are both. */
export interface End {
  on?: Reader<string>;
  when?: Reader<boolean>;
  reason?: Field<NonNullable<z.input<typeof InvolvementClosed>['reason']>>;
}

/** A person as the source knows them. */
export type PersonFact = Fields<Omit<z.input<typeof PersonRecorded>, Head>> & {
  recordId: Id;
  /** The record was deleted, or never right. */
  removedWhen?: Reader<boolean>;
  removedAs?: z.input<typeof PersonRemoved>['reason'];
  /** What it means that a complete file no longer holds the record. */
  whenGone: 'kept' | 'removed';
};

/** A service's involvement with a person. */
export type InvolvementFact = Fields<Omit<z.input<typeof InvolvementOpened>, Head>> & {
  recordId: Id;
  /** What makes it this involvement and no other: the same in every file. */
  involvementId: Id;
  end: End | 'never';
  /** Entered in error: it disappears. */
  retractedWhen?: Reader<boolean>;
  whenGone: 'closed' | 'retracted';
};

/** A link between two records of the source. */
export type RelationshipFact = Fields<Omit<z.input<typeof RelationshipLinked>, Head>> & {
  recordId: Id;
  relationshipId: Id;
  otherRecordId: Id;
  end: Omit<End, 'reason'> | 'never';
  retractedWhen?: Reader<boolean>;
  whenGone: 'ended' | 'retracted';
};

/** The source merged two of its records, or gave one another id. */
export interface ReplacementFact {
  recordId: Id;
  newRecordId: Id;
}

/** One table of the source, or one file of it: each row says one thing or several. */
export interface Table {
  /** What the source's own people call it. */
  title: string;
  /** Rows of a complete file: fewer are taken for a file that was cut, and wait for a second person. */
  atLeast: number;
  /** Share of what was published that a complete file may end or take back before it waits for a second person. */
  goneAtMost?: number;
  /** Which rows count; the others are left out, and counted. */
  only?: Reader<boolean>;
  /** Other headers a column has been seen under. */
  alsoCalled?: Readonly<Record<string, readonly string[]>>;
  person?: PersonFact;
  /** Where several rows tell one person, each as far as it knows: the one with the greatest text is believed. In files alone. */
  personBy?: Reader<string>;
  involvement?: InvolvementFact;
  relationship?: RelationshipFact;
  replacement?: ReplacementFact;
}

/** How far the source sees: told with every "we looked". */
export interface Coverage {
  /** The first day it covers. */
  from: string;
  to?: string;
  area: string;
  /** In words: what makes it record somebody, and what it leaves out. */
  rule: string;
}

/** What comes of a source by capturing the changes in its own tables. */
export interface Captured {
  /** Of this door alone. It grows when the places of changes stop being comparable: another topic, another mapping of the same facts. */
  epoch: number;
  /** Whether everything that the source tells comes by this door: then its heartbeats say "we looked". */
  covers: 'everything' | 'part';
  /** By the name of the table in the source's database, or of the fact in its outbox. */
  tables: Readonly<Record<string, Table>>;
  /** A table that holds one row per fact: `fact` names one of the tables above, `content` is its row as JSON. */
  outbox?: string;
  /** The table that the connector writes to now and then: `beat`, `slot_bytes`. */
  heartbeat: string;
}

/** How one source's tables become events. It has no behaviour of its own. */
export interface Mapping extends Source {
  /** Grows when positions stop being comparable: a restored source, another door, another mapping of the same facts. */
  epoch: number;
  coverage: Coverage;
  tables: Readonly<Record<string, Table>>;
  /** By the door `cdc`. */
  captured?: Captured;
}
