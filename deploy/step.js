/**
 * Runs one step and prints a line with its time.
 * @template T
 * @param {string} name
 * @param {() => T | Promise<T>} run
 * @param {(result: Awaited<T>) => string} [note] what came of it, shown behind the name
 * @returns {Promise<Awaited<T>>}
 */
export async function step(name, run, note = () => '') {
  const from = performance.now();
  const result = await run();
  sayStep(name, (performance.now() - from) / 1000, note(result));
  return result;
}

/**
 * @param {string} name
 * @param {number} seconds
 * @param {string} [note]
 */
export function sayStep(name, seconds, note = '') {
  console.log(`✓ ${name.padEnd(22)} ${seconds.toFixed(1).padStart(5)} s  ${note}`.trimEnd());
}
