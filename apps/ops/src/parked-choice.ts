import { Option } from 'nest-commander';
import { liveGeneration, type ReadModelPool } from '#lib/read-model';
import { exactlyOne, place } from './option-values.js';
import { type ChangeOptions, ChangingVerb } from './verb.js';

export interface ParkedChoiceOptions extends ChangeOptions {
  source?: string;
  code?: string;
  at?: { topic: string; partition: number; offset: number };
  all?: boolean;
}

/** A verb that does something with parked events, chosen in exactly one way. */
export abstract class ParkedChoiceVerb extends ChangingVerb {
  @Option({ flags: '--source <name>', description: 'those of this source' })
  source(name: string): string {
    return name;
  }

  @Option({ flags: '--code <code>', description: 'those held for this reason' })
  code(code: string): string {
    return code;
  }

  @Option({ flags: '--at <place>', description: 'the one at topic/partition@offset' })
  at(text: string): { topic: string; partition: number; offset: number } {
    return place('--at', text);
  }

  @Option({ flags: '--all', description: 'all of them' })
  all(): boolean {
    return true;
  }
}

/** Which parked events are meant, as the projector understands it. @throws WrongUseError unless chosen in exactly one way */
export function chosenParked({ source, code, at, all }: ParkedChoiceOptions): Record<string, unknown> {
  exactlyOne({ '--source': source, '--code': code, '--at': at, '--all': all });
  return { ...(source !== undefined && { source }), ...(code !== undefined && { code }), ...at };
}

/** How many parked events of the live generation that concerns, by code. */
export async function countChosen(
  pool: ReadModelPool,
  { source, code, at }: ParkedChoiceOptions,
): Promise<{ code: string; events: number }[]> {
  const { schema } = await liveGeneration(pool);
  const { rows } = await pool.query(
    `SELECT code, count(*)::bigint AS events FROM ${schema}.parked
     WHERE ($1::text IS NULL OR source = $1) AND ($2::text IS NULL OR code = $2) AND ($3::text IS NULL OR topic = $3)
       AND ($4::int IS NULL OR partition = $4) AND ($5::bigint IS NULL OR log_offset = $5)
     GROUP BY code ORDER BY code`,
    [source, code, at?.topic, at?.partition, at?.offset].map((value) => value ?? null),
  );
  return rows as { code: string; events: number }[];
}

/** "3 parked events (2 key-missing, 1 undecodable)" */
export function chosenWords(counts: readonly { code: string; events: number }[]): string {
  const events = counts.reduce((sum, count) => sum + count.events, 0);
  const codes = counts.map((count) => `${count.events} ${count.code}`).join(', ');
  return `${events} parked events${codes && ` (${codes})`}`;
}
