/** A letter that is written from right to left: Hebrew, Arabic, Syriac, Thaana, N’Ko and their like (the blocks that Unicode reserves for them). */
const LETTER = String.raw`[\u0590-\u065F\u066A-\u06EF\u06FA-\u08FF\uFB1D-\uFDFF\uFE70-\uFEFC\u{10800}-\u{10FFF}\u{1E800}-\u{1EFFF}]`;
/** What may stand between two of them within one name: signs, spaces and what is escaped; no digits, no letters of another direction, no tag, and not what parts people in a list. */
const BETWEEN = String.raw`(?:&#?\w+;|[^\p{L}\p{N}<>&;])*`;
/** With the bracket behind it, which may close one within. */
const RUN = new RegExp(String.raw`(${LETTER}(?:${BETWEEN}${LETTER})*)(\)?)`, 'gu');
const ANY = new RegExp(LETTER, 'u');
/** Tags, and elements in which a tag would be text, or be dropped. */
const NO_TEXT = /(<(title|textarea|option|script|style)\b[^>]*>[^]*?<\/\2>|<[^>]*>)/;

/**
 * Lets what is written from right to left stand for itself on a page: else the digits of a date behind such a name are drawn before it. It is
 * done of all text at once, as names stand within sentences too and none is to be forgotten.
 * @param html with its values escaped, so that there is no `>` within an attribute
 */
export function inOwnDirection(html: string): string {
  if (!ANY.test(html)) return html;
  return html
    .split(NO_TEXT)
    .map((part, at) => {
      // By turns: a text, what is passed over, and the name of the element where that is a whole one.
      if (at % 3 === 0) return part.replaceAll(RUN, isolated);
      return at % 3 === 1 ? part : '';
    })
    .join('');
}

function isolated(_: string, run: string, bracket: string): string {
  const closes = run.split('(').length > run.split(')').length;
  return closes ? `<bdi>${run}${bracket}</bdi>` : `<bdi>${run}</bdi>${bracket}`;
}
