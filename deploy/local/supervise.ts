import { type Child, type Family, lastLines } from './child.js';

export interface Supervision {
  family: Family;
  /** Starts a server, on its old data, or an app again. */
  restart: Partial<Record<string, () => Promise<Child>>>;
  say(line: string): void;
}

const MOST_RESTARTS = 3;
const WITHIN_MS = 60_000;
/** Nothing stands on these; what is said where one fails. */
const MAY_END: Partial<Record<string, string>> = {
  demo: 'Everything else keeps running; the demo publishes no more.',
  rehearsal:
    'Everything else keeps running; of unusual use there is nothing made up. To try again: npm run ops -- audit rehearse --reason "to try the rules"',
};

/**
 * Watches the children. What dies is started again, up to three times a minute: so it can be tried what the apps do without the database, or
 * the broker. A demo that ends, or made-up use that could not be written, is told.
 * @returns settles with the reason to stop everything: one keeps dying, or does not come back
 */
export function supervise(o: Supervision): Promise<string> {
  return new Promise((stopEverything) => {
    const deaths = new Map<string, number[]>();
    const watch = (child: Child) => {
      void (async () => {
        const { code, signal, asked } = await child.ended;
        if (asked) return;
        const restart = o.restart[child.name];
        const goesOn = MAY_END[child.name];
        if (goesOn !== undefined && code === 0) return;
        o.say(`\n✗ ${child.name} ended (${signal ?? `exit code ${code}`}). ${whatItSaid(child)}`);
        if (goesOn !== undefined) return o.say(goesOn);
        if (!restart) return stopEverything(`${child.name} is gone and can't be started again`);
        const recent = [...(deaths.get(child.name) ?? []), Date.now()].filter((at) => at > Date.now() - WITHIN_MS);
        deaths.set(child.name, recent);
        if (recent.length > MOST_RESTARTS) return stopEverything(`${child.name} ended ${recent.length} times within a minute`);
        o.say(`Starting ${child.name} again.`);
        try {
          watch(await restart());
          o.say(`✓ ${child.name} is back`);
        } catch (error) {
          stopEverything(`${child.name} did not come back: ${error instanceof Error ? error.message : String(error)}`);
        }
      })();
    };
    o.family.members.forEach(watch);
  });
}

function whatItSaid(child: Child): string {
  const lines = lastLines(child.logFile, 8);
  return lines.length === 0 ? '' : [`Its log (${child.logFile}) ends with:`, ...lines].join('\n  ');
}
