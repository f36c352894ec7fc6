import type { Service } from '#lib/events';

/** How events of a source come in. */
export type Door = 'http' | 'kafka' | 'csv' | 'cdc';

/** Who speaks: what it is called, which services it may speak of, and by which doors it comes in. */
export interface Source {
  /** The word in its URL, its topics and its token's name. */
  name: string;
  /** What practitioners call the system. */
  label: string;
  /** An event about any other service is refused: a source speaks for its own. */
  services: readonly [Service, ...Service[]];
  doors: readonly [Door, ...Door[]];
}
