import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { SaidPlainly } from '../said-plainly.js';

const MARKER = 'made.json';
const POSTGRES_VERSION = '18';

type Part = 'missing' | 'whole' | 'broken' | `made by PostgreSQL ${string}`;

interface SeenFolder {
  /** Was a start ever completed here? Only then is there anything to lose. */
  completed: boolean;
  postgres: Part;
  kafka: Part;
  /** Does Kafka hold topics of ours? */
  topics: boolean;
}

/** What to do with the data folder of an earlier start, or the sentence that says why nothing can be done. */
function judge(seen: SeenFolder): 'begin' | 'go on' | { refuse: string } {
  const parts = { "PostgreSQL's part": seen.postgres, "Kafka's part": seen.kafka };
  if (!seen.completed && !seen.topics) return 'begin';
  const wrong = Object.entries(parts).filter(([, part]) => part !== 'whole');
  if (wrong.length > 0) return { refuse: wrong.map(([name, part]) => `${name} is ${part}`).join(', ') };
  return 'go on';
}

/**
 * Makes the data folder ready to start on: goes on with a whole one, clears what an interrupted first start left.
 * @param postgres where PostgreSQL's data lives
 * @throws SaidPlainly where data were there once and are half gone
 */
export function readyDataFolder(folder: string, postgres: string): 'begin' | 'go on' {
  const judged = judge(look(folder, postgres));
  if (typeof judged === 'object') {
    throw new SaidPlainly(
      `The data folder ${folder} is half-written: ${judged.refuse}. ` +
        'Put it back from a copy, or begin with empty data: npm start -- --fresh',
    );
  }
  if (judged === 'begin') dropData(folder, postgres);
  return judged;
}

/** Everything an earlier start kept: data, secrets, logs. The lock stays. */
export function dropData(folder: string, postgres: string): void {
  const kept = new Set(['lock', 'running']);
  for (const name of existsSync(folder) ? readdirSync(folder) : []) {
    if (!kept.has(name)) rmSync(join(folder, name), { recursive: true, force: true });
  }
  rmSync(postgres, { recursive: true, force: true });
  rmSync(`${postgres}.new`, { recursive: true, force: true });
}

/** From now on there is something to lose. */
export function markCompleted(folder: string): void {
  mkdirSync(folder, { recursive: true });
  const file = join(folder, MARKER);
  if (!existsSync(file)) writeFileSync(file, `${JSON.stringify({ at: new Date().toISOString() })}\n`);
}

function look(folder: string, postgres: string): SeenFolder {
  const kafka = join(folder, 'kafka');
  const topics = existsSync(kafka) && readdirSync(kafka).some((name) => /log-\d+$/.test(name));
  return {
    completed: existsSync(join(folder, MARKER)),
    postgres: lookAtPostgres(postgres),
    kafka: !existsSync(kafka) ? 'missing' : existsSync(join(kafka, 'meta.properties')) ? 'whole' : 'broken',
    topics,
  };
}

function lookAtPostgres(folder: string): Part {
  if (!existsSync(folder)) return 'missing';
  if (!existsSync(join(folder, 'PG_VERSION')) || !existsSync(join(folder, 'global', 'pg_control'))) return 'broken';
  const version = readFileSync(join(folder, 'PG_VERSION'), 'utf8').trim();
  return version === POSTGRES_VERSION ? 'whole' : `made by PostgreSQL ${version}`;
}
