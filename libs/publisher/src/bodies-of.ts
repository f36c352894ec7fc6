/** What the door takes at once: 1,000 events and 5 MB, of which we leave some room. */
const MOST_EVENTS = 1_000;
const MOST_BYTES = 4_000_000;

/** One request, and the place of its first event among all. */
export interface Body {
  body: string;
  from: number;
}

/** Cuts events into requests, in order. */
export function* bodiesOf(events: readonly unknown[]): Generator<Body> {
  let held: string[] = [];
  let bytes = 0;
  let from = 0;
  for (const event of events) {
    const json = JSON.stringify(event);
    const size = Buffer.byteLength(json) + 1;
    if (held.length === MOST_EVENTS || (held.length > 0 && bytes + size > MOST_BYTES)) {
      yield bodyOf(held, from);
      from += held.length;
      held = [];
      bytes = 0;
    }
    held.push(json);
    bytes += size;
  }
  if (held.length > 0) yield bodyOf(held, from);
}

const bodyOf = (held: string[], from: number): Body => ({ body: `{"events":[${held.join(',')}]}`, from });
