import { Progress } from './progress.js';

const terminal = (isTTY: boolean) => {
  const written: string[] = [];
  return { written, out: { isTTY, columns: 80, write: (text: string | Uint8Array) => written.push(String(text)) > 0 } };
};

test('on a terminal the bar is redrawn in place and ends full', () => {
  const { written, out } = terminal(true);
  const progress = new Progress('History', 1000, out);
  progress.add(500);
  expect(written.at(-1)).toMatch(/^\r.*█░.* 50 % {2}History: 500 of 1,000$/);
  progress.add(500);
  progress.done();
  expect(written.join('')).toMatch(/█ 100 % {2}History: 1,000 of 1,000\n$/);
});

test('elsewhere a line is written at every tenth, not at every batch', () => {
  const { written, out } = terminal(false);
  const progress = new Progress('History', 1000, out);
  for (let i = 0; i < 100; i++) progress.add(10);
  expect(written).toHaveLength(11);
  expect(written.at(-1)).toBe('History: 1,000 of 1,000 (100 %)\n');
});
