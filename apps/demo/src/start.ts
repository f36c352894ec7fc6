import { readPublished, writePublished } from './publishing/published.js';
import { openDoors } from './publishing/doors.js';
import { Progress } from './publishing/progress.js';
import { publishHistory } from './publishing/publish-history.js';
import { sayWaiting } from './publishing/say-waiting.js';
import { type DemoSettings, demoSettings } from './demo-settings.js';
import type { Person } from './families/person.js';
import { Random } from './random.js';
import { SYSTEMS } from './systems/systems.js';
import { makeTown, type Town } from './town.js';
import { Standing } from './trickle/standing.js';
import { trickle } from './trickle/trickle.js';
import { rightsToTry, type RightToTry } from './rights-to-try.js';
import { worthLookingUp, type WorthLookingUp } from './worth-looking-up.js';

/** Starts the made-up authority: its history first, where the index does not have it yet, then its life. Runs on until stopped; it serves no HTTP. */
export async function startDemo(
  env: Record<string, string | undefined>,
  out: NodeJS.WriteStream = process.stdout,
): Promise<{ url: string; finished: Promise<void>; stop(): Promise<void> }> {
  const settings = demoSettings(env);
  const stopping = new AbortController();
  const finished = live(settings, stopping.signal, out).catch((error: unknown) => {
    if (!stopping.signal.aborted) throw error;
  });
  return {
    url: settings.ingestUrl,
    finished,
    async stop() {
      stopping.abort();
      await finished;
    },
  };
}

async function live(settings: DemoSettings, stopped: AbortSignal, out: NodeJS.WriteStream): Promise<void> {
  const { seed, families, stateFile } = settings;
  const before = readPublished(stateFile, { seed, families });
  const published = before ?? { seed, families, today: new Date().toISOString().slice(0, 10), events: {} };
  const town = makeTown({ seed, families, today: published.today });
  let left = 0;
  for (const [source, events] of town.history) left += events.length - (published.events[source] ?? 0);
  const progress = new Progress('Northbridge’s history', left, out);
  const say = (line: string) => progress.say(line);
  const sources = SYSTEMS.map(({ source }) => source);
  const doors = await openDoors(sources, {
    url: settings.ingestUrl,
    issuer: settings.oidcIssuer,
    clientsDir: settings.clientsDir,
    stopped,
    onWaiting: sayWaiting(settings.ingestUrl, say),
  });
  if (left > 0) {
    await publishHistory(town, {
      doors,
      done: published.events,
      stopped,
      say,
      onPublished(source, events) {
        progress.add(events - (published.events[source] ?? 0));
        published.events[source] = events;
        writePublished(stateFile, published);
      },
    });
    progress.done();
  }
  if (stopped.aborted) return;
  const children = worthLookingUp(town);
  const rights = rightsToTry(town);
  out.write(introduction(children, rights));
  const standings = new Map(sources.map((source) => [source, new Standing(source, town.history.get(source)!)]));
  const sayPlainly = (line: string) => void out.write(`${line}\n`);
  await trickle({
    doors,
    standings,
    spared: recordsOfPeople(
      town,
      [...children, ...rights].map(({ person }) => person),
    ),
    chance: new Random(`${seed}/${Date.now()}`),
    secondsBetween: settings.secondsBetween,
    stopped,
    say: sayPlainly,
  });
}

/** What was printed about a child stays true while people look. */
function recordsOfPeople(town: Town, people: readonly Person[]): Set<string> {
  return new Set(town.records.filter(({ person }) => people.includes(person)).map(({ source, recordId }) => `${source} ${recordId}`));
}

function introduction(children: readonly WorthLookingUp[], rights: readonly RightToTry[]): string {
  const lines = children.map(({ name, born, caseId, why }) => `  ${name}, born ${born}, Mosaic case ID ${caseId}: ${why}`);
  const trying = rights.map(({ caseId, why }) => `  Mosaic case ID ${caseId}: ${why}`);
  return `\nNorthbridge lives: something changes every few seconds. Children worth looking up:\n${lines.join('\n')}\nWho may open whom:\n${trying.join('\n')}\n\n`;
}
