const FORCE_AFTER_MS = 1500;

/**
 * Settles at the first SIGINT or SIGTERM, or when whoever started us is gone. A second signal, given on purpose and not the
 * same key press arriving by two ways, means at once.
 */
export function askedToStop(atOnce: () => void): Promise<'asked'> {
  let first = 0;
  return new Promise((resolve) => {
    const asked = () => {
      if (first === 0) first = Date.now();
      else if (Date.now() - first > FORCE_AFTER_MS) atOnce();
      resolve('asked');
    };
    process.on('SIGINT', asked);
    process.on('SIGTERM', asked);
    // The terminal may be gone with the parent.
    for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined);
    if (process.env.STOP_WITH_PARENT === 'stdin') {
      process.stdin.resume();
      process.stdin.once('close', asked);
    }
  });
}
