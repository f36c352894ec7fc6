/** Words that say nothing is known, as people type them into a field that may not stay empty. */
const WORDS =
  /^(-+|\.+|\?+|n[/\\.]?[akr]\.?|nil|null|none|not (known|recorded|applicable|given|stated|available|on file)|unknown|unk|tbc|tba)$/i;
/** The same for names: None, Null and Na are people's names. */
const OF_NAMES = /^(-+|\.+|\?+|n\/[akr]|not (known|recorded|given|stated)|unknown|unk|tbc)$/i;

export const saysNothing = (text: string): boolean => WORDS.test(text);
export const namesNobody = (text: string): boolean => OF_NAMES.test(text);
