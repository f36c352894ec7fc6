const PERSON_ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** The text as a person id, or null: whatever else stands in an address is nobody's id, and is not kept anywhere. */
export const personIdIn = (text: string): string | null => (PERSON_ID.test(text) ? text : null);
