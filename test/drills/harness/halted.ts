import { eventually } from '../../support/eventually.js';
import type { SpawnedApp } from '../../support/spawned-app.js';

/** Waits until a projector has halted with this code, and sees to it that it says so wherever it is asked. */
export async function halted(projector: SpawnedApp, code: string): Promise<void> {
  await eventually(
    `a halt by ${code}`,
    async () => (await metricsOf(projector)).includes(`projector_halted{code="${code}",app="projector"} 1`),
    {
      within: 40_000,
    },
  );
  if (await projector.isReady()) throw new Error('a halted projector says that it is ready');
}

/** The same of a matcher, which says why in its log. */
export async function matcherHalted(matcher: SpawnedApp, code: string): Promise<void> {
  await eventually('the matcher halted', async () => /^matcher_halted\S* 1$/m.test(await metricsOf(matcher)), { within: 40_000 });
  if (!matcher.output.includes(`"code":"${code}"`))
    throw new Error(`the matcher halted, and not by ${code}: ${matcher.output.slice(-2000)}`);
  if (await matcher.isReady()) throw new Error('a halted matcher says that it is ready');
}

export async function metricsOf(app: SpawnedApp): Promise<string> {
  return (await fetch(`${app.url}/metrics`)).text();
}
