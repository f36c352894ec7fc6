import type { Measure } from './arguments.js';

/** One line of the table. */
export interface Result {
  measure: Measure;
  what: string;
  result: string;
  /** Empty where none was set. */
  target: string;
  met?: boolean;
  /** The same in numbers, for the JSON file. */
  numbers: Record<string, number>;
}

export const whole = (value: number): string => Math.round(value).toLocaleString('en-GB');
export const ms = (value: number): string => `${value < 10 ? value.toFixed(1) : whole(value)} ms`;
