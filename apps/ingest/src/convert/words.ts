import { GENDERS, type Gender, RELATIONSHIPS, type RelationshipType } from '#lib/events';
import { type Convert, Unreadable } from './column.js';
import { saysNothing } from './not-recorded.js';

/** For each code of the contract the words a source has for it. */
export type Words<Code extends string> = Readonly<Partial<Record<Code, readonly string[]>>>;

/** Letters and digits alone, so that `Ex-Partner`, `ex partner` and `EX_PARTNER` are one word. */
const plain = (text: string) =>
  text
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();

/** One of the words a source has for a code, whatever its case and punctuation. */
export function wordFor<Code extends string>(words: Words<Code>): Convert<Code> {
  const codes = new Map<string, Code>();
  for (const [code, of] of Object.entries(words) as [Code, readonly string[]][]) for (const word of of) codes.set(plain(word), code);
  const unknown = new Unreadable(
    'known-word',
    `one of ${[...new Set(Object.values(words).flat())].join(', ')}`.slice(0, 400),
    'Correct the word, or have it added to the mapping.',
  );
  return (text) => codes.get(plain(text)) ?? (saysNothing(text) ? null : unknown);
}

const GENDER_WORDS: Words<Gender> = {
  female: ['F', 'Female', 'Girl', 'Woman', '2'],
  male: ['M', 'Male', 'Boy', 'Man', '1'],
  other: ['O', 'Other', 'X', 'Indeterminate', 'Non-binary', 'NB'],
  'not-known': ['U', 'Unknown', 'Not known', 'NK', '0'],
  'not-stated': ['Not stated', 'Prefer not to say', '9'],
};

/** As most systems write it, ISO/IEC 5218's numbers among them. @param more words of this system alone */
export const genderFrom = (more: Words<Gender> = {}): Convert<Gender> =>
  wordFor(both(GENDER_WORDS, more, Object.keys(GENDERS) as Gender[]));

/** The labels of the code list in all their forms, and what people write besides. */
const COLLOQUIAL: Words<RelationshipType> = {
  parent: ['Mum', 'Dad', 'Birth mother', 'Birth father', 'Natural parent'],
  child: ['Son', 'Daughter'],
  grandparent: [
    'Nan',
    'Gran',
    'Grandma',
    'Grandad',
    'Maternal grandmother',
    'Paternal grandmother',
    'Maternal grandfather',
    'Paternal grandfather',
  ],
  grandchild: ['Grandson', 'Granddaughter'],
  'step-parent': ['Step mother', 'Step father'],
  'step-child': ['Step son', 'Step daughter'],
  'aunt-or-uncle': ['Aunt/Uncle', 'Auntie'],
  'niece-or-nephew': ['Niece/Nephew'],
  partner: ['Cohabitee', 'Boyfriend', 'Girlfriend', 'Cohabiting partner'],
  'ex-partner': ['Former partner'],
  spouse: ['Married to', 'Civil partner'],
  'ex-spouse': ['Divorced from', 'Former spouse'],
  'foster-carer': ['Foster parent'],
  sibling: ['Twin'],
  'in-contact-with': ['Contact'],
};

const RELATIONSHIP_CODES = Object.keys(RELATIONSHIPS) as RelationshipType[];
const LABELS: Words<RelationshipType> = Object.fromEntries(
  RELATIONSHIP_CODES.map((code) => {
    const { label, female, male }: { label: string; female?: string; male?: string } = RELATIONSHIPS[code];
    return [code, [code, label, female, male].filter((word) => word !== undefined)];
  }),
);

/** What the other person is to this one. @param more words of this system alone */
export const relationshipFrom = (more: Words<RelationshipType> = {}): Convert<RelationshipType> =>
  wordFor(both(both(LABELS, COLLOQUIAL, RELATIONSHIP_CODES), more, RELATIONSHIP_CODES));

function both<Code extends string>(some: Words<Code>, more: Words<Code>, codes: readonly Code[]): Words<Code> {
  const merged: Partial<Record<Code, readonly string[]>> = {};
  for (const code of codes) merged[code] = [...(some[code] ?? []), ...(more[code] ?? [])];
  return merged;
}

const YES_OR_NO = wordFor({
  yes: ['Y', 'Yes', 'True', 'T', '1', 'X', 'Ticked'],
  no: ['N', 'No', 'False', 'F', '0', 'Unticked'],
});

/** Yes or no, as letters, numbers and ticks. */
export const yesOrNo: Convert<boolean> = (text, today) => {
  if (/^[✓✔]$/.test(text)) return true;
  const word = YES_OR_NO(text, today);
  return word === null || word instanceof Unreadable ? word : word === 'yes';
};
