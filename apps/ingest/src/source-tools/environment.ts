import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

type Environment = Record<string, string | undefined>;

/** The settings of the environment, and for the rest those that the local stack writes down when it starts. */
export function toolEnvironment(env: Environment = process.env): Environment {
  const file = env.ENVIRONMENT_FILE ?? join('.local', 'environment.json');
  return existsSync(file) ? { ...(JSON.parse(readFileSync(file, 'utf8')) as Environment), ...env } : env;
}
