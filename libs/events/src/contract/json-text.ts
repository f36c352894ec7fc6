/** What JSON.parse would let pass without a word: a key written twice, a number it can't hold, nesting without end. */

export interface TextFinding {
  path: (string | number)[];
  rule: 'key-once' | 'number-exact' | 'not-too-deep';
}

/** The text as a whole is too much; nothing in it is looked at. */
export class TooManyValuesError extends Error {}

const DEEPEST = 16;
const MOST_VALUES = 300_000;
const MOST_FINDINGS = 1_000;

interface Level {
  /** Keys seen so far; absent in an array. */
  keys?: Set<string>;
  key: string;
  index: number;
  keyNext: boolean;
}

const [QUOTE, BACKSLASH, COMMA, MINUS] = [0x22, 0x5c, 0x2c, 0x2d];
const [OPEN_BRACE, CLOSE_BRACE, OPEN_BRACKET, CLOSE_BRACKET] = [0x7b, 0x7d, 0x5b, 0x5d];
const isDigit = (char: number) => char >= 0x30 && char <= 0x39;

/**
 * Reads a text that JSON.parse has already accepted, once and without building anything.
 * @returns findings with the path to each, at most 1,000.
 * @throws TooManyValuesError
 */
export function findingsInJson(text: string): TextFinding[] {
  const findings: TextFinding[] = [];
  const open: Level[] = [];
  let level: Level | undefined;
  let values = 0;
  const find = (rule: TextFinding['rule']) => {
    if (findings.length < MOST_FINDINGS) findings.push({ rule, path: open.map((at) => (at.keys ? at.key : at.index)) });
  };
  for (let at = 0; at < text.length; at++) {
    const char = text.charCodeAt(at);
    if (char === QUOTE) {
      const end = endOfString(text, at);
      if (level?.keys && level.keyNext) {
        level.key = keyOf(text.slice(at, end + 1));
        level.keyNext = false;
        if (level.keys.has(level.key)) find('key-once');
        level.keys.add(level.key);
      } else values++;
      at = end;
    } else if (char === COMMA && level) {
      level.index++;
      level.keyNext = true;
    } else if (char === OPEN_BRACE || char === OPEN_BRACKET) {
      values++;
      // once, at the first level that is too deep
      if (open.length === DEEPEST) find('not-too-deep');
      level = { key: '', index: 0, keyNext: true, ...(char === OPEN_BRACE && { keys: new Set<string>() }) };
      open.push(level);
    } else if (char === CLOSE_BRACE || char === CLOSE_BRACKET) {
      open.pop();
      level = open.at(-1);
    } else if (char === MINUS || isDigit(char)) {
      values++;
      const end = endOfNumber(text, at);
      const written = text.slice(at, end);
      if (String(Number(written)) !== written) find('number-exact');
      at = end - 1;
    }
    if (values > MOST_VALUES) throw new TooManyValuesError();
  }
  return findings;
}

function endOfString(text: string, start: number): number {
  let at = start + 1;
  while (text.charCodeAt(at) !== QUOTE) at += text.charCodeAt(at) === BACKSLASH ? 2 : 1;
  return at;
}

function endOfNumber(text: string, start: number): number {
  let at = start + 1;
  while (at < text.length && /[-+.\deE]/.test(text[at]!)) at++;
  return at;
}

const keyOf = (quoted: string): string => (quoted.includes('\\') ? (JSON.parse(quoted) as string) : quoted.slice(1, -1));
