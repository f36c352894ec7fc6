import type { LogMessage } from '#lib/kafka';
import type { Table } from '#lib/read-model';
import { openEvent } from '../../../apps/projector/src/open-event.js';
import type { LogReader } from '../../../apps/projector/src/log-reader.js';
import { projectEvent } from '../../../apps/projector/src/project.js';
import type { Key } from '../../../apps/projector/src/register-write.js';
import type { PlainValues } from './connect-json.js';
import { FACT_TABLES } from './plain-table.js';

/** A row of one table as it stands after an event: what a change feed of the table would send. */
export interface PlainFact {
  table: Table;
  key: Key;
  rest: PlainValues;
}

/** Turns events of the log into whole rows, unsealed, each restated by every event about it. */
export class PlainFacts {
  private readonly rows = new Map<string, PlainValues>();

  constructor(private readonly reader: LogReader) {}

  /** The facts of some messages of one partition; what is no fact (how far a source sees) is left out. */
  async of(partition: number, messages: readonly LogMessage[]): Promise<PlainFact[]> {
    const { codec, keys } = this.reader;
    await codec.prepare(messages.map(({ value }) => value));
    const envelopes = messages.map(({ value }) => codec.decodeEnvelope(value!));
    const known = await keys.keysFor(new Set(envelopes.map(({ subject }) => subject)));
    return envelopes.flatMap((envelope, index) => {
      const key = known.get(envelope.subject);
      if (typeof key !== 'object') throw new Error('a key of the log is not there');
      const event = openEvent(this.reader, envelope, key);
      return this.after(projectEvent(event, { subject: envelope.subject, partition, offset: messages[index]!.offset }));
    });
  }

  /** All writes of an event go to one row. */
  private after(writes: ReturnType<typeof projectEvent>): PlainFact[] {
    const [first] = writes;
    if (!first || !FACT_TABLES.includes(first.table)) return [];
    const { table, key, plain } = first;
    const name = JSON.stringify([table.name, ...Object.values(key)]);
    const rest = Object.assign({}, this.rows.get(name) ?? plain, ...writes.map(({ values }) => values)) as PlainValues;
    this.rows.set(name, rest);
    return [{ table, key, rest }];
  }
}
