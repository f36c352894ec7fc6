/** What wins when a source states two things about one fact at the same version: the later step of its life. */
export const INVOLVEMENT_RANK = { open: 0, closed: 1, retracted: 2 } as const;
export const RELATIONSHIP_RANK = { linked: 0, ended: 1, retracted: 2 } as const;
export const PRESENCE_RANK = { recorded: 0, removed: 1 } as const;
