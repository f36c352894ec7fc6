/** What a data steward can say of two records. */
export const ANSWERS = {
  same: 'They are one person',
  different: 'They are two people',
  'cannot-tell': 'I can’t tell from what is recorded',
} as const;
export type Answer = keyof typeof ANSWERS;
/** An answer that can become a ruling. */
export type Decisive = Exclude<Answer, 'cannot-tell'>;

/** Why, from a closed list: the code goes into the log for ever, so there is nothing of a person in it. */
export const REASONS = {
  'details-agree': { words: 'Their details agree', fits: ['same'] },
  'details-differ': { words: 'Their details differ', fits: ['different'] },
  'twins-or-siblings': { words: 'They are twins, brothers or sisters', fits: ['different'] },
  'parent-and-child': { words: 'They are a parent and a child, or two generations of one name', fits: ['different'] },
  'number-is-wrong': { words: 'A number stands on the wrong record', fits: ['different'] },
  'source-confirmed': { words: 'A source has confirmed it', fits: ['same', 'different'] },
  'worker-confirmed': { words: 'A worker who knows them has confirmed it', fits: ['same', 'different'] },
  'too-little': { words: 'Too little is recorded', fits: ['cannot-tell'] },
  contradictory: { words: 'What is recorded contradicts itself', fits: ['cannot-tell'] },
} as const satisfies Record<string, { words: string; fits: readonly Answer[] }>;
export type Reason = keyof typeof REASONS;

/** Why a steward takes a ruling back; in the log beside the reasons above. */
export const TAKEN_BACK = 'taken-back';

export type Ruling = 'together' | 'apart' | 'none';
/** What the matcher is asked for when an answer becomes a ruling. */
export const RULINGS = { same: 'together', different: 'apart' } as const satisfies Record<Decisive, Ruling>;
