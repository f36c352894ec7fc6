/** Runs work that Ctrl-C asks to end, by the signal it is given. npm passes Ctrl-C on, so it may come twice: the work ends in order all the same. */
export async function untilInterrupted<Result>(work: (interrupted: AbortSignal) => Promise<Result>): Promise<Result> {
  const interrupted = new AbortController();
  const stop = () => interrupted.abort();
  process.on('SIGINT', stop);
  try {
    return await work(interrupted.signal);
  } finally {
    if (!interrupted.signal.aborted) process.off('SIGINT', stop);
  }
}
