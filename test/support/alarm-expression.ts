/** Which of the alarms in deploy/alarms.yml an expression raises, as Prometheus reckons it: the part of its language that stands there, over what is measured at one moment. */

/** A series at one moment. */
export interface Measured {
  name: string;
  value: number;
  /** Of a counter: at the beginning of the range asked for. Left out: it has not grown. */
  before?: number;
  labels?: Record<string, string>;
}

type Element = { labels: Record<string, string>; value: number; before?: number };
type Value = number | Element[];

const TOKEN = /\s*(=~|[!=<>]=|[-+*<>=(){}[\],]|"[^"]*"|\d[\w.]*|\w+)/y;
const COMPARED: Record<string, (a: number, b: number) => boolean> = {
  '==': (a, b) => a === b,
  '!=': (a, b) => a !== b,
  '>': (a, b) => a > b,
  '<': (a, b) => a < b,
};
const RECKONED: Record<string, (a: number, b: number) => number> = { '-': (a, b) => a - b, '*': (a, b) => a * b };

/** The elements that raise it; none: it is quiet. @param now seconds since 1970 @throws where it is beyond what is understood here */
export function raisedBy(expression: string, measured: readonly Measured[], now: number): Element[] {
  const reader = new Reading(expression, measured, now);
  const value = reader.all();
  if (typeof value === 'number') throw new Error(`expected a vector: ${expression}`);
  return value;
}

class Reading {
  private readonly tokens: string[] = [];
  private at = 0;

  constructor(
    private readonly expression: string,
    private readonly measured: readonly Measured[],
    private readonly now: number,
  ) {
    TOKEN.lastIndex = 0;
    for (let end = 0; expression.slice(end).trim() !== ''; end = TOKEN.lastIndex) {
      const token = TOKEN.exec(expression)?.[1];
      if (token === undefined) throw new Error(`not understood from ${end} on: ${expression}`);
      this.tokens.push(token);
    }
  }

  all(): Value {
    const value = this.either();
    if (this.at < this.tokens.length) throw new Error(`not understood: ${this.tokens[this.at]} in ${this.expression}`);
    return value;
  }

  private either(): Value {
    let left = this.both();
    while (this.takes('or')) {
      const [these, those] = [vector(left), vector(this.both())];
      left = [...these, ...those.filter((one) => !these.some((other) => alike(one, other)))];
    }
    return left;
  }

  private both(): Value {
    let left = this.compared();
    while (this.takes('and')) {
      const those = vector(this.compared());
      left = vector(left).filter((one) => those.some((other) => alike(one, other)));
    }
    return left;
  }

  private compared(): Value {
    const left = this.reckoned('-', () => this.reckoned('*', () => this.one()));
    const compare = COMPARED[this.tokens[this.at] ?? ''];
    if (compare === undefined) return left;
    this.at += 1;
    const right = this.reckoned('-', () => this.reckoned('*', () => this.one()));
    return vector(left).filter((one) => othersOf(one, right).some((other) => compare(one.value, other)));
  }

  private reckoned(sign: string, part: () => Value): Value {
    let left = part();
    while (this.takes(sign)) {
      const [before, right, reckon] = [left, part(), RECKONED[sign]!];
      if (typeof before === 'number')
        left = typeof right === 'number' ? reckon(before, right) : right.map((one) => ({ ...one, value: reckon(before, one.value) })); // prettier-ignore
      else left = before.flatMap((one) => othersOf(one, right).map((other) => ({ ...one, value: reckon(one.value, other) })));
    }
    return left;
  }

  private one(): Value {
    const token = this.tokens[this.at++] ?? '';
    if (/^\d/.test(token)) return Number(token);
    if (token === '(') return this.inside(() => this.either());
    if (token === 'max' || token === 'sum') return this.aggregated(token);
    if (!this.takes('(')) return this.series(token);
    if (token === 'time') return this.inside(() => this.now);
    const of = vector(this.inside(() => this.either()));
    if (token === 'absent') return of.length === 0 ? [{ labels: {}, value: 1 }] : [];
    if (token === 'increase') return of.map((one) => ({ ...one, value: one.value - (one.before ?? one.value) }));
    throw new Error(`not understood: ${token} in ${this.expression}`);
  }

  private aggregated(how: 'max' | 'sum'): Element[] {
    const by: string[] = [];
    if (this.takes('by')) for (this.expect('('); !this.takes(')'); this.takes(',')) by.push(this.tokens[this.at++]!);
    this.expect('(');
    const groups = Map.groupBy(vector(this.inside(() => this.either())), ({ labels }) => JSON.stringify(by.map((name) => labels[name])));
    return [...groups.values()].map((all) => {
      // The greatest is that of what is known.
      const known = all.map(({ value }) => value).filter((value) => !Number.isNaN(value));
      const value = how === 'sum' ? all.reduce((sum, one) => sum + one.value, 0) : known.length > 0 ? Math.max(...known) : NaN;
      return { labels: Object.fromEntries(by.map((name) => [name, all[0]!.labels[name] ?? ''])), value };
    });
  }

  private series(name: string): Element[] {
    let found = this.measured.filter((one) => one.name === name).map((one) => ({ ...one, labels: one.labels ?? {} }));
    if (this.takes('{'))
      for (; !this.takes('}'); this.takes(',')) {
        const [label, sign, text] = this.tokens.slice(this.at, (this.at += 3)) as [string, string, string];
        const wanted = sign === '=~' ? new RegExp(`^(?:${text.slice(1, -1)})$`) : new RegExp(`^${text.slice(1, -1)}$`);
        found = found.filter(({ labels }) => wanted.test(labels[label] ?? ''));
      }
    if (this.takes('[')) this.at += 2;
    return found;
  }

  private inside<T>(read: () => T): T {
    const value = read();
    this.expect(')');
    return value;
  }

  private takes(token: string): boolean {
    if (this.tokens[this.at] !== token) return false;
    this.at += 1;
    return true;
  }

  private expect(token: string): void {
    if (!this.takes(token)) throw new Error(`expected ${token}, not ${this.tokens[this.at]} in ${this.expression}`);
  }
}

const vector = (value: Value): Element[] => {
  if (typeof value === 'number') throw new Error('expected a vector, not a number');
  return value;
};
const alike = (one: Element, other: Element) => {
  const names = new Set([...Object.keys(one.labels), ...Object.keys(other.labels)]);
  return [...names].every((name) => (one.labels[name] ?? '') === (other.labels[name] ?? ''));
};
/** What an element is reckoned with: a number, or the value of the same labels. */
const othersOf = (one: Element, right: Value): number[] =>
  typeof right === 'number' ? [right] : right.filter((other) => alike(one, other)).map(({ value }) => value);
