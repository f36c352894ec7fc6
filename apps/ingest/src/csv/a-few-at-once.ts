/**
 * Works on batches as they come, a few at once and in no order: reading goes on while servers answer. The first error is thrown once all work under
 * way has ended; no more is begun after it.
 */
export async function aFewAtOnce<T>(batches: AsyncIterable<T>, atOnce: number, work: (batch: T) => Promise<void>): Promise<void> {
  const underWay = new Set<Promise<void>>();
  const failures: unknown[] = [];
  const begin = (batch: T) => {
    const one = work(batch)
      .catch((error: unknown) => void failures.push(error))
      .finally(() => underWay.delete(one));
    underWay.add(one);
  };
  try {
    for await (const batch of batches) {
      begin(batch);
      if (underWay.size >= atOnce) await Promise.race(underWay);
      if (failures.length > 0) break;
    }
  } finally {
    await Promise.all(underWay);
  }
  if (failures.length > 0) throw failures[0];
}
