import { isUuid } from '#lib/runtime';

/** The text as a person id, or null: whatever else stands in an address is nobody's id, and is not kept anywhere. */
export const personIdIn = (text: string): string | null => (isUuid(text) ? text : null);
