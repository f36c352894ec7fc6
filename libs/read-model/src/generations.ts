import { FOLD_VERSION, type Generation, liveGeneration, type Queryable } from './generation.js';

/**
 * `building`: being folded from the beginning. `ready`: built, keeps up, may go live. `live`: what readers see, exactly one.
 * `retired`: was live, keeps up, so that it can be again at once. `dropped`: its tables are gone, the row remains as history.
 */
export type GenerationState = 'building' | 'ready' | 'live' | 'retired' | 'dropped';

/** What a build is at. `bulk` ends at the offsets noted at its start; secondary indexes are made only then. */
export type BuildStage = 'waiting' | 'bulk' | 'indexes' | 'catching-up' | 'built';

/** What an operator wants of a build. */
export type Wanted = 'run' | 'pause' | 'cancel';

/** A generation with all that operators are told of it. Instants are milliseconds since 1970. */
export interface ListedGeneration extends Generation {
  state: GenerationState;
  stage: BuildStage;
  wanted: Wanted;
  /** Events a second at most; null: as fast as it goes. */
  throttle: number | null;
  /** Events folded, and events there were at the start of the build. */
  eventsDone: number;
  eventsTotal: number | null;
  perSecond: number | null;
  /** When its builder last said something. */
  progressAt: number | null;
  createdAt: number;
  readyAt: number | null;
  /** When it last went live; null: never, or not known. */
  liveSince: number | null;
  /** Why its builder halted. */
  failure: string | null;
}

/** Two builds at once would share the machine and each other's doubts. */
export class BuildUnderWayError extends Error {
  readonly code = 'build-under-way';
  readonly retriable = false;
  override readonly name = 'BuildUnderWayError';
  constructor(id: number) {
    super(`Generation ${id} is being built: one build at a time. Wait for it, or cancel it first.`);
  }
}

/** There is no generation of that number in a state that allows what was asked. */
export class WrongGenerationError extends Error {
  readonly code = 'wrong-generation';
  readonly retriable = false;
  override readonly name = 'WrongGenerationError';
}

const LISTED = `
  SELECT id, schema_name AS schema, partitions, fold_version AS "foldVersion", state, stage, wanted, throttle,
         events_done AS "eventsDone", events_total AS "eventsTotal", per_second::float8 AS "perSecond",
         (extract(epoch FROM progress_at) * 1000)::bigint AS "progressAt", (extract(epoch FROM created_at) * 1000)::bigint AS "createdAt",
         (extract(epoch FROM ready_at) * 1000)::bigint AS "readyAt",
         (extract(epoch FROM live_since) * 1000)::bigint AS "liveSince", failure
  FROM control.generation`;

/** All generations there ever were, oldest first. */
export async function allGenerations(client: Queryable): Promise<ListedGeneration[]> {
  return (await client.query(`${LISTED} ORDER BY id`)).rows as ListedGeneration[];
}

/** @throws WrongGenerationError where there is none of that number. */
export async function generationNumbered(client: Queryable, id: number): Promise<ListedGeneration> {
  const { rows } = await client.query(`${LISTED} WHERE id = $1`, [id]);
  const [found] = rows as ListedGeneration[];
  if (!found) throw new WrongGenerationError(`There is no generation ${id}. See ops generations.`);
  return found;
}

const UNIQUE_VIOLATION = '23505';

/**
 * Asks for a new generation of this code's fold version; a projector process for upkeep of the same version builds it.
 * @param o.throttle events a second at most @returns its number @throws BuildUnderWayError
 */
export async function askForGeneration(client: Queryable, o: { throttle?: number | null } = {}): Promise<number> {
  const { partitions } = await liveGeneration(client);
  const { rows: going } = await client.query(`SELECT id FROM control.generation WHERE state = 'building'`);
  const [other] = going as { id: number }[];
  if (other) throw new BuildUnderWayError(other.id);
  try {
    const { rows } = await client.query(
      `INSERT INTO control.generation (id, schema_name, fold_version, partitions, state, throttle)
       SELECT next.id, 'read_' || next.id, $1, $2, 'building', $3 FROM (SELECT max(id) + 1 AS id FROM control.generation) AS next
       RETURNING id`,
      [FOLD_VERSION, partitions, o.throttle ?? null],
    );
    return (rows[0] as { id: number }).id;
  } catch (error) {
    if ((error as { code?: unknown }).code === UNIQUE_VIOLATION) return askForGeneration(client, o);
    throw error;
  }
}

/** Pauses, resumes, throttles or cancels a build; its builder acts within a second. @throws WrongGenerationError where nothing is being built. */
export async function steerBuild(client: Queryable, o: { wanted?: Wanted; throttle?: number | null }): Promise<number> {
  const { rows } = await client.query(
    `UPDATE control.generation SET wanted = coalesce($1, wanted), throttle = CASE WHEN $2 THEN $3 ELSE throttle END,
            failure = CASE WHEN $1 = 'run' THEN NULL ELSE failure END
     WHERE state = 'building' AND wanted <> 'cancel' RETURNING id`,
    [o.wanted ?? null, o.throttle !== undefined, o.throttle ?? null],
  );
  const [steered] = rows as { id: number }[];
  if (!steered) throw new WrongGenerationError('No generation is being built.');
  return steered.id;
}
