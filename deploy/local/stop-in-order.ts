import type { Child, Family } from './child.js';

/** Who asks comes before who answers; who stands on another stops before it. */
const ORDER = [['demo'], ['query', 'ingest'], ['projector', 'upkeep', 'matcher', 'seal'], ['registry', 'kafka'], ['postgres']];

/** Stops every child that still runs, those nothing depends on first. @param onStopped told of each with the seconds it took */
export async function stopInOrder(family: Family, onStopped: (name: string, seconds: number) => void = () => undefined): Promise<void> {
  const known = ORDER.flat();
  const first = family.members.filter(({ name }) => !known.includes(name));
  const groups = [first, ...ORDER.map((names) => family.members.filter(({ name }) => names.includes(name)))];
  const stop = async (child: Child) => {
    const from = performance.now();
    if (child.hasEnded()) return;
    await child.stop();
    onStopped(child.name, (performance.now() - from) / 1000);
  };
  for (const group of groups) await Promise.all(group.map(stop));
}
