import type { Authority } from '../authority.js';

/** Sources of services whose records ask for more before they are matched. */
export function carefulSources({ services, sources }: Pick<Authority, 'services' | 'sources'>): string[] {
  const careful = new Set(services.filter(({ matchedWithCare }) => matchedWithCare).map(({ service }) => service));
  return sources.filter(({ service }) => careful.has(service)).map(({ id }) => id);
}
