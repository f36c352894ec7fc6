import { expect, test } from '@jest/globals';
import { inOwnDirection } from './own-direction.js';

const [HASAN, ALI, LEVY] = ['\u062d\u0633\u0646', '\u0639\u0644\u064a', '\u05dc\u05d5\u05d9'];

test('a name from right to left stands for itself beside digits, dates and other names', () => {
  expect(inOwnDirection(`<th>${HASAN}, ${ALI}</th><td>12 May 2015</td>`)).toBe(`<th><bdi>${HASAN}, ${ALI}</bdi></th><td>12 May 2015</td>`);
  expect(inOwnDirection(`<p>${HASAN}, 12 May 2015; ${LEVY}, 3 May 2016</p>`)).toBe(
    `<p><bdi>${HASAN}</bdi>, 12 May 2015; <bdi>${LEVY}</bdi>, 3 May 2016</p>`,
  );
  expect(inOwnDirection(`<p>${HASAN}, ${ALI}; ${HASAN}, ${LEVY}</p>`)).toBe(
    `<p><bdi>${HASAN}, ${ALI}</bdi>; <bdi>${HASAN}, ${LEVY}</bdi></p>`,
  );
  expect(inOwnDirection(`O&#39;NEILL, ${ALI} (also ${HASAN})`)).toBe(`O&#39;NEILL, <bdi>${ALI}</bdi> (also <bdi>${HASAN}</bdi>)`);
});

test('what belongs to one name stays in one piece: vowels, apostrophes, hyphens, and a bracket with the one that closes it', () => {
  for (const name of [
    '\u05e6&#39;\u05e8\u05dc\u05d9',
    `${HASAN}-${ALI}`,
    '\u062d\u064e\u0633\u064e\u0646',
    `${HASAN} (${ALI})`,
    `${HASAN} &amp; ${ALI}`,
  ])
    expect(inOwnDirection(`<b>${name}</b> 4`)).toBe(`<b><bdi>${name}</bdi></b> 4`);
  expect(inOwnDirection(`(${HASAN}) 4`)).toBe(`(<bdi>${HASAN}</bdi>) 4`);
});

test('nothing is put where a tag would be text, nor into an attribute', () => {
  const page = `<title>${HASAN}</title><input value="${HASAN}"><textarea id="a">${HASAN}</textarea><select><option value="1">${HASAN}</option></select>`;
  expect(inOwnDirection(page)).toBe(page);
  expect(inOwnDirection(`${page}${ALI}`)).toBe(`${page}<bdi>${ALI}</bdi>`);
});

test('a page without such a name is the same to the byte', () => {
  const page = '<p title="a &gt; b">Łukasz Ó Brien, 李, 12 May 2015 ٣</p>'.replace('٣', '3');
  expect(inOwnDirection(page)).toBe(page);
});
