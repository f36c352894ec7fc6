import { Inject, Injectable } from '@nestjs/common';
import type { ReadModelPool } from '#lib/read-model';
import { ReadModelUnavailable } from '../errors.js';
import { OPERATIONS } from '../providers.js';

/** A restricted record was opened: what officers are told of at once. */
export interface RaisedAlert {
  id: string;
  /** Milliseconds since 1970. */
  raisedAt: number;
  reader: string;
  person: string;
  /** Who has looked into it, and when. */
  seenBy: string | null;
  seenAt: number | null;
}

/** Alerts, and that somebody has looked into them. They stand beside the read model, outside every generation. */
@Injectable()
export class RaisedAlerts {
  constructor(@Inject(OPERATIONS) private readonly pool: ReadModelPool) {}

  /** Those nobody has looked into, oldest first. Throws `ReadModelUnavailable`. */
  waiting(): Promise<RaisedAlert[]> {
    return this.rows(`${ALERTS} WHERE seen_at IS NULL ORDER BY raised_at, id`, []);
  }

  async find(id: string): Promise<RaisedAlert | undefined> {
    return (await this.rows(`${ALERTS} WHERE id = $1`, [id]))[0];
  }

  /** The first who looked into it stays on record. */
  async seen(id: string, by: string): Promise<void> {
    await this.rows('UPDATE decided.alert SET seen_by = $2, seen_at = now() WHERE id = $1 AND seen_at IS NULL', [id, by]);
  }

  private async rows(statement: string, values: unknown[]): Promise<RaisedAlert[]> {
    try {
      return (await this.pool.query<RaisedAlert>(statement, values)).rows;
    } catch (error) {
      throw new ReadModelUnavailable(error);
    }
  }
}

const ALERTS = `
  SELECT id, floor(extract(epoch FROM raised_at) * 1000)::float8 AS "raisedAt", reader, person, seen_by AS "seenBy",
         floor(extract(epoch FROM seen_at) * 1000)::float8 AS "seenAt"
  FROM decided.alert`;
