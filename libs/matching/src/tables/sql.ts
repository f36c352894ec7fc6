/** A part of a condition. `ELSE` is the value true. */
export type Sql =
  | { is: 'value'; value: string | number | boolean }
  | { is: 'column'; side: 'l' | 'r'; name: string }
  | { is: 'call'; name: string; from: Sql[] };

const TOKEN = /\s*(?:(\d+(?:\.\d+)?)|'((?:[^']|'')*)'|"([^"]+)"|([A-Za-z_][A-Za-z_0-9]*)|(<=|>=|<>|!=|[=<>().,-]))/y;
const COMPARED = ['=', '<>', '!=', '<', '<=', '>', '>='];

interface Token {
  kind: 'number' | 'text' | 'quoted' | 'word' | 'sign';
  text: string;
}

/**
 * The part of SQL that Splink's settings use to say when a level or a blocking rule holds: columns `"name_l"` or `l."name"`, texts and
 * numbers, comparisons, differences, `IS NULL`, `AND`, `OR`, `NOT`, calls. Throws an error that says where it stops understanding.
 */
export function parseSql(text: string): Sql {
  const tokens = tokensOf(text);
  let at = 0;
  const peek = () => tokens[at]?.text.toUpperCase();
  const takes = (...wanted: string[]) => {
    const next = tokens[at];
    if (!next || next.kind === 'text' || next.kind === 'quoted' || !wanted.includes(next.text.toUpperCase())) return false;
    at += 1;
    return true;
  };
  const must = (wanted: string) => {
    if (!takes(wanted)) throw new Error(`${wanted} is expected, not ${peek() ?? 'the end'}, in: ${text}`);
  };
  const parsed = either();
  if (at < tokens.length) throw new Error(`${peek()} is not expected in: ${text}`);
  return parsed;

  function either(): Sql {
    const parts = [both()];
    while (takes('OR')) parts.push(both());
    return parts.length === 1 ? (parts[0] as Sql) : { is: 'call', name: 'or', from: parts };
  }

  function both(): Sql {
    const parts = [not()];
    while (takes('AND')) parts.push(not());
    return parts.length === 1 ? (parts[0] as Sql) : { is: 'call', name: 'and', from: parts };
  }

  function not(): Sql {
    return takes('NOT') ? { is: 'call', name: 'not', from: [not()] } : compared();
  }

  function compared(): Sql {
    const left = difference();
    if (takes('IS')) {
      const turned = takes('NOT');
      must('NULL');
      const missing: Sql = { is: 'call', name: 'is null', from: [left] };
      return turned ? { is: 'call', name: 'not', from: [missing] } : missing;
    }
    const sign = COMPARED.find((sign) => takes(sign));
    return sign ? { is: 'call', name: sign === '!=' ? '<>' : sign, from: [left, difference()] } : left;
  }

  function difference(): Sql {
    let value = operand();
    while (takes('-')) value = { is: 'call', name: '-', from: [value, operand()] };
    return value;
  }

  function operand(): Sql {
    if (takes('(')) {
      const inner = either();
      must(')');
      return inner;
    }
    if (takes('ELSE')) return { is: 'value', value: true };
    const token = tokens[at];
    if (!token || token.kind === 'sign') throw new Error(`A value is expected, not ${peek() ?? 'the end'}, in: ${text}`);
    at += 1;
    if (token.kind === 'number') return { is: 'value', value: Number(token.text) };
    if (token.kind === 'text') return { is: 'value', value: token.text };
    if (token.kind === 'word' && takes('(')) {
      const from: Sql[] = [];
      if (takes(')')) return { is: 'call', name: token.text.toLowerCase(), from };
      do from.push(either());
      while (takes(','));
      must(')');
      return { is: 'call', name: token.text.toLowerCase(), from };
    }
    return column(token.text);
  }

  function column(name: string): Sql {
    if ((name === 'l' || name === 'r') && takes('.')) {
      const token = tokens[at];
      if (token?.kind !== 'quoted' && token?.kind !== 'word') throw new Error(`A column is expected after ${name}. in: ${text}`);
      at += 1;
      return { is: 'column', side: name, name: token.text };
    }
    const [, of, side] = /^(.+)_([lr])$/.exec(name) ?? [];
    if (!of) throw new Error(`${name} should end in _l or _r in: ${text}`);
    return { is: 'column', side: side as 'l' | 'r', name: of };
  }
}

function tokensOf(text: string): Token[] {
  const tokens: Token[] = [];
  TOKEN.lastIndex = 0;
  while (/\S/.test(text.slice(TOKEN.lastIndex))) {
    const from = TOKEN.lastIndex;
    const [, number, quoted, name, word, sign] = TOKEN.exec(text) ?? [];
    if (number !== undefined) tokens.push({ kind: 'number', text: number });
    else if (quoted !== undefined) tokens.push({ kind: 'text', text: quoted.replaceAll("''", "'") });
    else if (name !== undefined) tokens.push({ kind: 'quoted', text: name });
    else if (word !== undefined) tokens.push({ kind: 'word', text: word });
    else if (sign !== undefined) tokens.push({ kind: 'sign', text: sign });
    else throw new Error(`Not understood from ${text.slice(from).trim()} in: ${text}`);
  }
  return tokens;
}
