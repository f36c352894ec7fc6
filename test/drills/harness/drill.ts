import type { Scene } from './scene.js';

/** Something goes wrong, and afterwards everything must be right. */
export interface Drill {
  name: string;
  /** What happens, for the list. */
  what: string;
  /** It ends or cuts off servers, so it needs its own. */
  needsServers?: true;
  /** Everything it checks of its own it throws; what must hold after every drill is judged afterwards. */
  run(scene: Scene): Promise<void>;
}
