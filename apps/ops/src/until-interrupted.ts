/** Runs work that Ctrl-C asks to end, by the signal it is given. */
export async function untilInterrupted<Result>(work: (interrupted: AbortSignal) => Promise<Result>): Promise<Result> {
  const interrupted = new AbortController();
  const stop = () => interrupted.abort();
  process.once('SIGINT', stop);
  try {
    return await work(interrupted.signal);
  } finally {
    process.off('SIGINT', stop);
  }
}
