import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

type Environment = Record<string, string | undefined>;

/**
 * The settings to work with: those of the environment, and for the rest those of the local stack, which writes them down when it
 * starts. `ENVIRONMENT_FILE` names another such file.
 */
export function opsEnvironment(env: Environment = process.env): Environment {
  const file = env.ENVIRONMENT_FILE ?? join('.local', 'environment.json');
  return existsSync(file) ? { ...(JSON.parse(readFileSync(file, 'utf8')) as Environment), ...env } : env;
}
