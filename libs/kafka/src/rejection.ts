/** What was refused at a door: the rule and the field, never a value. One per broken rule, published to `rejections`. */
export interface Rejection {
  source: string;
  /** Milliseconds since 1970. */
  at: number;
  /** Name of the event, when that much could be read. */
  type: string | null;
  /** Place of the event in what was sent, from 0. */
  index: number;
  /** JSON pointer to the field; empty for the event as a whole. */
  pointer: string;
  rule: string;
  expected: string;
  fix: string;
}
