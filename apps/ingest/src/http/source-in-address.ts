import type { Mapping } from '../sources/mapping.js';
import type { SourcesInUse } from '../sources/sources-in-use.js';
import { RequestProblem } from './request-problem.js';

/** @throws RequestProblem 404 where the authority has no such source */
export function sourceInAddress(sources: SourcesInUse, name: string): Mapping {
  const source = sources.named(name);
  if (!source)
    throw new RequestProblem(
      404,
      'no-such-source',
      'There is no such source.',
      'Ask for a mapping file, and for its line in the settings.',
    );
  return source;
}
