import * as fc from 'fast-check';
import { findingsInJson, TooManyValuesError } from './json-text.js';

const found = (text: string) => findingsInJson(text).map(({ rule, path }) => `${rule} /${path.join('/')}`);

describe('What JSON.parse would let pass', () => {
  it.each([
    ['a field written twice', '{"a":1,"b":{"c":[0,{"d":1,"d":2}]}}', ['key-once /b/c/1/d']],
    ['a field written twice in two spellings', '{"name":1,"n\\u0061me":2}', ['key-once /name']],
    ['the same field in two objects', '[{"a":1},{"a":1}]', []],
    ['a number it can not hold', '{"position":9007199254740993}', ['number-exact /position']],
    ['a number written as another', '[1e3,1.0,-0,1E400]', ['number-exact /0', 'number-exact /1', 'number-exact /2', 'number-exact /3']],
    ['numbers as they are', '[0,-5,42,9007199254740991]', []],
    ['what looks like any of this inside a text', String.raw`{"a":"{\"b\":1,\"b\":1e3}\\","c":"\\\""}`, []],
    ['empty lists and objects', ' { "a" : [ ] , "b" : { } } ', []],
    ['nesting without end', `${'['.repeat(20)}${']'.repeat(20)}`, [`not-too-deep /${Array(16).fill(0).join('/')}`]],
  ])('is found: %s', (_, text, findings) => {
    expect(found(text)).toEqual(findings);
  });

  it('is never found in what JSON.stringify writes of plain values', () => {
    const plain = fc.jsonValue({ depthSize: 'small', maxDepth: 8 }).map(withoutFractions);
    fc.assert(fc.property(plain, (value) => expect(found(JSON.stringify(value))).toEqual([])));
  });

  it('is refused as a whole when it holds more values than any request', () => {
    expect(() => findingsInJson(`[${'1,'.repeat(300_000)}1]`)).toThrow(TooManyValuesError);
  });
});

function withoutFractions(value: unknown): unknown {
  if (typeof value === 'number') return Number.isSafeInteger(value) && !Object.is(value, -0) ? value : 0;
  if (Array.isArray(value)) return value.map(withoutFractions);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, withoutFractions(inner)]));
}
