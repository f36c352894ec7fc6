/** Phone numbers and e-mail addresses as links, where what the source wrote can be one. */

/** "01632 960 118" → `tel:01632960118`; nothing where the text holds more than a number. */
export function telephoneLink(phone: string): string {
  return /^\+?[\d\s().-]{5,}$/.test(phone.trim()) ? `tel:${phone.replaceAll(/[^\d+]/g, '')}` : '';
}

/** A sentence in parts, its telephone numbers as links: "ring the desk, 01632 960 118" → "ring the desk, ", "01632 960 118" */
export const numbersIn = (words: string): { text: string; link: string }[] =>
  words.split(/((?:\+|\b0)\d[\d ]{6,}\d)/).map((text, at) => ({ text, link: at % 2 === 1 ? telephoneLink(text) : '' }));

/** `mailto:` link; nothing where the text is not one plain address. */
export function mailLink(email: string): string {
  return /^[^\s@<>"?&]+@[^\s@<>"?&]+$/.test(email) ? `mailto:${email}` : '';
}
