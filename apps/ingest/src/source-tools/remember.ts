import { toolEnvironment } from './environment.js';
import { rememberSource } from './remember-source.js';

const [source = ''] = process.argv.slice(2);
try {
  const events = await rememberSource(source, { LOG_LEVEL: 'warn', ...toolEnvironment() });
  console.log(
    events === undefined
      ? `A file of ${source} is being published: try again when it is done.`
      : `Remembered anew from ${events} events of ${source}.`,
  );
  process.exitCode = events === undefined ? 1 : 0;
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
