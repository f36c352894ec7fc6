/** Signs that nobody sees. Some scripts and emoji are written with some of them, so pages keep all but those that turn the direction. */

/** A text as it is seen: without signs that nobody sees, which come along when it is copied out of another program, and with single spaces. */
export const asSeen = (text: string): string =>
  text
    .replaceAll(/\p{Cf}/gu, '')
    .trim()
    .replaceAll(/\s+/g, ' ');

/** Without the signs that turn the direction of all that follows: one in a name would mirror the date of birth beside it. Letters of any script find theirs without. */
export const withoutTurning = (text: string): string => text.replaceAll(/[\u202A-\u202E\u2066-\u2069]/g, '');
