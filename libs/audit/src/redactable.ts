/** What may be taken out of an entry: that something was done, when and in which request stays. */
export const REDACTABLE = ['reader', 'role', 'team', 'person', 'subjects', 'reason', 'reference', 'shown', 'freshness', 'terms'] as const;
export type Redactable = (typeof REDACTABLE)[number];

export const isRedactable = (field: string): field is Redactable => (REDACTABLE as readonly string[]).includes(field);
