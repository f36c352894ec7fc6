import { csvCell } from './csv-cell.js';

it.each([
  ['=SUM(A1)', "'=SUM(A1)"],
  ['+44', "'+44"],
  ['-1', "'-1"],
  ['@cmd', "'@cmd"],
  ['\t=1', "'\t=1"],
  ['\r=1', '"\'\r=1"'],
  ['two\rlines', '"two\rlines"'],
  ['plain', 'plain'],
  ['a, "b"', '"a, ""b"""'],
  ['two\nlines', '"two\nlines"'],
  [['a', 'b'], 'a b'],
  [{ a: 1 }, '"{""a"":1}"'],
  [0, '0'],
  [null, ''],
])('A cell with %j is %j in a file', (value, text) => {
  expect(csvCell(value)).toBe(text);
});
