import { existsSync, readFileSync } from 'node:fs';

const TICKS_PER_SECOND = 100;

/** Seconds of one core a process has used so far, for itself and the system's work for it; nothing where the system does not tell. */
export function cpuSeconds(pid: number): number | undefined {
  const file = `/proc/${pid}/stat`;
  if (!existsSync(file)) return undefined;
  const text = readFileSync(file, 'utf8');
  const [user, system] = text
    .slice(text.lastIndexOf(')') + 2)
    .split(' ')
    .slice(11, 13);
  return (Number(user) + Number(system)) / TICKS_PER_SECOND;
}
