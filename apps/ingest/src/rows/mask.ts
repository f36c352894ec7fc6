const MOST = 24;

/** The form of a text without what it says: every digit is a 9, every letter an a or A. */
export function maskOf(text: string): string {
  const form = text
    .slice(0, MOST)
    .replaceAll(/\p{N}/gu, '9')
    .replaceAll(/\p{Lu}/gu, 'A')
    .replaceAll(/[\p{L}\p{M}]/gu, (letter) => (letter === 'A' ? 'A' : 'a'))
    // oxlint-disable-next-line no-control-regex -- a file may hold anything
    .replaceAll(/[\u0000-\u001F\u007F]/g, ' ');
  return text.length > MOST ? `${form}…` : form;
}
