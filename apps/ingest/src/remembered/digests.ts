import { createHmac, createSecretKey, hkdfSync, type KeyObject } from 'node:crypto';
import type { SourceEvent } from '#lib/events';
import type { Fact, FactName } from '../rows/fact.js';

/** What was said of a fact, as keyed digests: its description, and its end where it has one. */
export interface Said {
  details: Buffer | null;
  ending: Buffer | null;
}

/** A fact with what it is known by, and what it says, as keyed digests. */
export interface DigestedFact {
  fact: Fact;
  name: Buffer;
  said: Said;
}

/** Keyed hashes of facts and of what is said of them: equal for equal content, and nothing can be guessed from them without the key. */
export class Digests {
  readonly #key: KeyObject;

  /** @param secret ingest's look-up secret; a key of its own is derived from it */
  constructor(secret: Buffer) {
    this.#key = createSecretKey(Buffer.from(hkdfSync('sha256', secret, '', 'involvement-index/remembered/1', 32)));
  }

  ofFact(source: string, { kind, id }: FactName): Buffer {
    return this.#digest(['fact', source, kind, id]);
  }

  /** @param key what names the row in its table */
  ofRow(source: string, table: string, key: string): Buffer {
    return this.#digest(['row', source, table, key]);
  }

  digested(source: string, fact: Fact): DigestedFact {
    return { fact, name: this.ofFact(source, fact), said: this.#ofEvents(fact.events.map(({ checked }) => checked)) };
  }

  #ofEvents(events: readonly SourceEvent[]): Said {
    const said: Said = { details: null, ending: null };
    for (const event of events) {
      if (event.type === 'InvolvementClosed' || event.type === 'RelationshipEnded') said.ending = this.ofEvent(event);
      else said.details = this.ofEvent(event);
    }
    return said;
  }

  /** Of what an event says, whatever its version, and whether it opens or restates. */
  ofEvent(event: SourceEvent): Buffer {
    return this.#digest(['said', inOrder({ ...event, ...WITHOUT })]);
  }

  #digest(values: unknown): Buffer {
    return createHmac('sha256', this.#key).update(JSON.stringify(values)).digest().subarray(0, 16);
  }
}

const WITHOUT = { type: undefined, source: undefined, sourceVersion: undefined, occurredAt: undefined, eventId: undefined };

/** The same value with its fields in the order of their names. */
function inOrder(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(inOrder);
  if (typeof value !== 'object' || value === null) return value;
  const sorted: Record<string, unknown> = {};
  for (const name of Object.keys(value).sort()) sorted[name] = inOrder((value as Record<string, unknown>)[name]);
  return sorted;
}
