import type { PublishAnswer } from '#lib/events';

/** Tells what the index refused, by rule and field, never by value. */
export function sayRejections(source: string, { results }: PublishAnswer, say: (line: string) => void): void {
  const rejected = results.filter((outcome) => outcome.status === 'rejected');
  const [first] = rejected;
  if (!first) return;
  const problems = first.problems.map(({ pointer, rule }) => `${rule} at ${pointer || 'the event'}`).join('; ');
  say(`${source}: ${rejected.length} of ${results.length} events refused (${problems})`);
}
